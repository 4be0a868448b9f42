import { isPreferenceUrl } from "@aparte/core/preference-button.ts";
import type { DefinitionButton, DefinitionButtonType } from "@aparte/core/template-definition.ts";
import { mostOfKind, templateLimits } from "@aparte/core/template-limits.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { TextInput } from "@aparte/ui/field.tsx";
import { IconButton } from "@aparte/ui/icon-button.tsx";
import { Menu } from "@aparte/ui/menu.tsx";
import { ArrowDown, ArrowUp, Plus, Trash2 } from "lucide-react";
import type { ReactNode } from "react";
import { Counter } from "../../../layout/counter.tsx";
import { CheckedField, GroupFindings } from "./checked-field.tsx";
import {
  addButton,
  addPreferenceButton,
  buttonsAt,
  changeButton,
  moveButton,
  removeButton,
  type ButtonPlace,
} from "./definition-change.ts";
import { useEditor } from "./editor-context.tsx";
import { buttonNameKey } from "./finding-words.ts";

const onCards: ReadonlySet<DefinitionButtonType> = new Set(["quick_reply", "url", "phone_number"]);
const withOffers: ReadonlySet<DefinitionButtonType> = new Set(["copy_code", "url"]);

/** The buttons under a template or on a card. Order by arrows: a pointer is not needed. */
export function ButtonFields({ place }: { readonly place: ButtonPlace }): ReactNode {
  const { t } = useWords();
  const { definition, replace, preferencePage } = useEditor();
  const buttons = buttonsAt(definition, place);
  const field = place === null ? "buttons" : `cards.${place}.buttons`;
  const kinds = Object.keys(mostOfKind) as DefinitionButtonType[];
  const usable = kinds.filter((type) => {
    const fits = place === null ? !definition.offer || withOffers.has(type) : onCards.has(type);
    return fits && buttons.filter((button) => button.type === type).length < mostOfKind[type];
  });
  const leadsThere = buttons.some((button) => button.type === "url" && isPreferenceUrl(button.url, preferencePage));
  const canLeadToPreferences = usable.includes("url") && !leadsThere;
  // The words of the button are in the language of the reader; whoever writes for others changes them.
  const text = t("console.templates.button_preferences_text");
  const preferences = {
    key: "preferences",
    label: t("console.templates.button_preferences"),
    onChoose: () => replace(addPreferenceButton(definition, place, { page: preferencePage, text })),
  };
  const most = place === null ? templateLimits.buttons : templateLimits.cardButtons.most;
  return (
    <fieldset className="flex min-w-0 flex-col gap-3">
      <legend className="text-sm text-muted">{t("console.templates.edit_buttons")}</legend>
      {buttons.map((button, index) => (
        <ButtonRow
          // A button has no name of its own; what is typed belongs to its place.
          key={`${index} ${button.type}`}
          {...{ button, index, place, field: `${field}.${index}`, last: index === buttons.length - 1 }}
        />
      ))}
      <GroupFindings field={field} />
      {buttons.length < most ? (
        <div>
          <Menu
            trigger={
              <>
                <Plus aria-hidden="true" size={16} /> {t("console.templates.button_add")}
              </>
            }
            triggerLabel={t("console.templates.button_add")}
            triggerClass="inline-flex min-h-8.5 items-center gap-1.5 rounded border border-edge px-3 font-semibold hover:bg-veil"
            label={t("console.templates.button_add")}
            items={[
              ...usable.map((type) => ({
                key: type,
                label: t(buttonNameKey(type)),
                onChoose: () => replace(addButton(definition, place, type)),
              })),
              ...(canLeadToPreferences ? [preferences] : []),
            ]}
          />
        </div>
      ) : null}
    </fieldset>
  );
}

type RowProps = {
  readonly button: DefinitionButton;
  readonly index: number;
  readonly place: ButtonPlace;
  readonly field: string;
  readonly last: boolean;
};

function ButtonRow({ button, index, place, field, last }: RowProps): ReactNode {
  const { t } = useWords();
  const { definition, replace } = useEditor();
  const name = t(buttonNameKey(button.type));
  const change = (changed: DefinitionButton): void => replace(changeButton(definition, place, index, changed));
  return (
    <div
      role="group"
      aria-label={`${index + 1}. ${name}`}
      className="flex flex-col gap-2 rounded border border-line p-3"
    >
      <div className="flex items-center gap-1">
        <span className="grow text-sm font-semibold">{name}</span>
        {index > 0 ? (
          <IconButton
            label={t("console.templates.button_up")}
            onClick={() => replace(moveButton(definition, place, index, -1))}
          >
            <ArrowUp aria-hidden="true" size={16} />
          </IconButton>
        ) : null}
        {last ? null : (
          <IconButton
            label={t("console.templates.button_down")}
            onClick={() => replace(moveButton(definition, place, index, 1))}
          >
            <ArrowDown aria-hidden="true" size={16} />
          </IconButton>
        )}
        <IconButton
          label={t("console.templates.button_remove")}
          onClick={() => replace(removeButton(definition, place, index))}
        >
          <Trash2 aria-hidden="true" size={16} />
        </IconButton>
      </div>
      <ButtonParts button={button} field={field} onChange={change} />
    </div>
  );
}

function ButtonParts(props: {
  readonly button: DefinitionButton;
  readonly field: string;
  readonly onChange: (button: DefinitionButton) => void;
}): ReactNode {
  const { t } = useWords();
  const { button, field, onChange } = props;
  if (button.type === "copy_code") return <p className="text-sm text-muted">{t("console.templates.copy_code_note")}</p>;
  const more = moreParts(button);
  return (
    <div className="grid gap-2 sm:grid-cols-2">
      <CheckedField
        field={`${field}.text`}
        label={
          <>
            {t("console.templates.button_text")} <Counter text={button.text} limit={templateLimits.buttonText} />
          </>
        }
      >
        {(control) => (
          <TextInput
            {...control}
            dir="auto"
            value={button.text}
            onChange={(event) => onChange({ ...button, text: event.target.value })}
          />
        )}
      </CheckedField>
      {more ? (
        <CheckedField field={`${field}.${more.part}`} label={t(more.word)} hint={more.hint ? t(more.hint) : null}>
          {(control) => (
            <TextInput
              {...control}
              dir="ltr"
              spellCheck={false}
              autoComplete="off"
              value={more.value}
              onChange={(event) => onChange(more.with(event.target.value))}
            />
          )}
        </CheckedField>
      ) : null}
    </div>
  );
}

/** What a button has besides its text. */
function moreParts(button: DefinitionButton) {
  switch (button.type) {
    case "url":
      return {
        part: "url",
        word: "console.templates.button_url_field",
        hint: "console.templates.button_url_hint",
        value: button.url,
        with: (url: string): DefinitionButton => ({ ...button, url }),
      } as const;
    case "phone_number":
      return {
        part: "phone",
        word: "console.templates.button_phone_field",
        hint: null,
        value: button.phone,
        with: (phone: string): DefinitionButton => ({ ...button, phone: phone.replaceAll(/[\s().-]/gu, "") }),
      } as const;
    case "flow":
      return {
        part: "flowId",
        word: "console.templates.button_flow_field",
        hint: "console.templates.button_flow_hint",
        value: button.flowId,
        with: (flowId: string): DefinitionButton => ({ ...button, flowId: flowId.trim() }),
      } as const;
    case "quick_reply":
    case "copy_code":
    case "voice_call":
    case "catalog":
    case "products":
      return null;
  }
}
