import { templateLimits } from "@aparte/core/template-limits.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { Button } from "@aparte/ui/button.tsx";
import { Field, Select } from "@aparte/ui/field.tsx";
import { IconButton } from "@aparte/ui/icon-button.tsx";
import { Plus, Trash2 } from "lucide-react";
import type { ReactNode } from "react";
import { BodyField } from "./body-field.tsx";
import { ButtonFields } from "./button-fields.tsx";
import { GroupFindings } from "./checked-field.tsx";
import { addCard, changeCard, removeCard } from "./definition-change.ts";
import { useEditor } from "./editor-context.tsx";

/** The cards of a carousel. */
export function CardFields(): ReactNode {
  const { t } = useWords();
  const { definition, replace } = useEditor();
  const { cards } = definition;
  return (
    <fieldset className="flex min-w-0 flex-col gap-3">
      <legend className="text-sm text-muted">{t("console.templates.cards")}</legend>
      {cards.map((_card, index) => (
        <Card key={String(index)} index={index} />
      ))}
      <GroupFindings field="cards" />
      {cards.length < templateLimits.cards.most ? (
        <Button className="self-start" onClick={() => replace(addCard(definition))}>
          <Plus aria-hidden="true" size={16} />
          {t(cards.length === 0 ? "console.templates.carousel_start" : "console.templates.card_add")}
        </Button>
      ) : null}
    </fieldset>
  );
}

function Card({ index }: { readonly index: number }): ReactNode {
  const { t } = useWords();
  const { definition, replace } = useEditor();
  const card = definition.cards[index];
  if (card === undefined) return null;
  const title = t("console.templates.card", { number: index + 1 });
  return (
    <section aria-label={title} className="flex flex-col gap-3 rounded border border-edge p-3">
      <div className="flex items-center gap-2">
        <h3 className="grow font-semibold">{title}</h3>
        <IconButton label={t("console.templates.card_remove")} onClick={() => replace(removeCard(definition, index))}>
          <Trash2 aria-hidden="true" size={16} />
        </IconButton>
      </div>
      <GroupFindings field={`cards.${index}`} />
      <Field label={t("console.templates.card_picture")}>
        {(control) => (
          <Select
            {...control}
            value={card.headerMedia}
            onChange={(event) =>
              replace(
                changeCard(definition, index, { headerMedia: event.target.value === "VIDEO" ? "VIDEO" : "IMAGE" }),
              )
            }
          >
            <option value="IMAGE">{t("console.templates.header_IMAGE")}</option>
            <option value="VIDEO">{t("console.templates.header_VIDEO")}</option>
          </Select>
        )}
      </Field>
      <BodyField
        field={`cards.${index}.body`}
        label={t("console.templates.edit_body")}
        text={card.body ?? ""}
        limit={templateLimits.cardBody}
        onChange={(body) => replace(changeCard(definition, index, { body: body === "" ? null : body }))}
      />
      <ButtonFields place={index} />
    </section>
  );
}
