import { templateLimits } from "@aparte/core/template-limits.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { TextInput } from "@aparte/ui/field.tsx";
import type { ReactNode } from "react";
import { CheckBox } from "../../../layout/check-box.tsx";
import { Counter } from "../../../layout/counter.tsx";
import { CheckedField } from "./checked-field.tsx";
import { useEditor } from "./editor-context.tsx";

/** A limited-time offer: its title above the text, and whether each send says when it ends. */
export function OfferFields(): ReactNode {
  const { t } = useWords();
  const { definition, change } = useEditor();
  const { offer } = definition;
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="sr-only">{t("console.templates.offer")}</legend>
      <CheckBox
        label={t("console.templates.offer")}
        checked={offer !== null}
        onChange={(checked) => change({ offer: checked ? { text: "", expires: true } : null })}
      />
      {offer ? (
        <>
          <CheckedField
            field="offer.text"
            label={
              <>
                {t("console.templates.offer_title")} <Counter text={offer.text} limit={templateLimits.offer} />
              </>
            }
          >
            {(control) => (
              <TextInput
                {...control}
                dir="auto"
                value={offer.text}
                onChange={(event) => change({ offer: { ...offer, text: event.target.value } })}
              />
            )}
          </CheckedField>
          <CheckBox
            label={t("console.templates.offer_expires")}
            checked={offer.expires}
            onChange={(expires) => change({ offer: { ...offer, expires } })}
          />
        </>
      ) : null}
    </fieldset>
  );
}
