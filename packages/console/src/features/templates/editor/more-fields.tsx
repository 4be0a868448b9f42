import { ttlRange } from "@aparte/core/template-limits.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { Field, Select, TextInput } from "@aparte/ui/field.tsx";
import type { ReactNode } from "react";
import { CheckedField } from "./checked-field.tsx";
import { useEditor } from "./editor-context.tsx";
import { OfferFields } from "./offer-fields.tsx";

/** What few templates need, folded away. */
export function MoreFields(): ReactNode {
  const { t } = useWords();
  const { definition, change, findings, isShown } = useEditor();
  const { category, ttlSeconds, offer, authentication } = definition;
  const blamed = findings.some(({ field }) => (field === "ttlSeconds" || field === "offer.text") && isShown(field));
  const { least, most } = ttlRange[category];
  return (
    <details open={blamed || ttlSeconds !== null || offer !== null}>
      <summary className="min-h-6 cursor-pointer font-semibold">{t("console.templates.more")}</summary>
      <div className="flex flex-col gap-4 pt-3">
        {authentication ? null : (
          <Field label={t("console.templates.variable_format")}>
            {(control) => (
              <Select
                {...control}
                value={definition.parameterFormat}
                onChange={(event) =>
                  change({ parameterFormat: event.target.value === "NAMED" ? "NAMED" : "POSITIONAL" })
                }
              >
                <option value="NAMED">{t("console.templates.variable_format_NAMED")}</option>
                <option value="POSITIONAL">{t("console.templates.variable_format_POSITIONAL")}</option>
              </Select>
            )}
          </Field>
        )}
        <CheckedField
          field="ttlSeconds"
          label={t("console.templates.ttl")}
          hint={t("console.templates.ttl_hint", { least, most })}
        >
          {(control) => (
            <TextInput
              {...control}
              type="number"
              min={least}
              max={most}
              value={ttlSeconds ?? ""}
              onChange={(event) =>
                change({ ttlSeconds: event.target.value === "" ? null : Number(event.target.value) })
              }
            />
          )}
        </CheckedField>
        {category === "MARKETING" && definition.cards.length === 0 ? <OfferFields /> : null}
      </div>
    </details>
  );
}
