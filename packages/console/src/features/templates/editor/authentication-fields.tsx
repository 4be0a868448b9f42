import { otpTypes, type Authentication } from "@aparte/core/template-definition.ts";
import { templateLimits } from "@aparte/core/template-limits.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { Button } from "@aparte/ui/button.tsx";
import { Field, Select, TextInput } from "@aparte/ui/field.tsx";
import { IconButton } from "@aparte/ui/icon-button.tsx";
import { Plus, Trash2 } from "lucide-react";
import type { ReactNode } from "react";
import { CheckBox } from "../../../layout/check-box.tsx";
import { CheckedField, GroupFindings } from "./checked-field.tsx";
import { useEditor } from "./editor-context.tsx";

/** What can be chosen in a sign-in code. */
export function AuthenticationFields(): ReactNode {
  const { t } = useWords();
  const { definition, change } = useEditor();
  const { authentication } = definition;
  if (authentication === null) return null;
  const set = (part: Partial<Authentication>): void => change({ authentication: { ...authentication, ...part } });
  return (
    <div className="flex flex-col gap-3">
      <p className="text-sm text-muted">{t("console.templates.auth_note")}</p>
      <CheckBox
        label={t("console.templates.auth_advice")}
        checked={authentication.securityAdvice}
        onChange={(securityAdvice) => set({ securityAdvice })}
      />
      <Choices authentication={authentication} onChange={set} />
      {authentication.otpType === "copy_code" ? null : <Apps authentication={authentication} onChange={set} />}
    </div>
  );
}

type PartProps = {
  readonly authentication: Authentication;
  readonly onChange: (part: Partial<Authentication>) => void;
};

function Choices({ authentication, onChange: set }: PartProps): ReactNode {
  const { t } = useWords();
  return (
    <div className="grid gap-3 sm:grid-cols-3">
      <CheckedField
        field="authentication.expiresMinutes"
        label={t("console.templates.auth_expires")}
        hint={t("console.templates.auth_expires_hint")}
      >
        {(control) => (
          <TextInput
            {...control}
            type="number"
            min={templateLimits.expiresMinutes.least}
            max={templateLimits.expiresMinutes.most}
            value={authentication.expiresMinutes ?? ""}
            onChange={(event) => set({ expiresMinutes: event.target.value === "" ? null : Number(event.target.value) })}
          />
        )}
      </CheckedField>
      <Field label={t("console.templates.auth_type")}>
        {(control) => (
          <Select
            {...control}
            value={authentication.otpType}
            onChange={(event) =>
              set({ otpType: otpTypes.find((known) => known === event.target.value) ?? "copy_code" })
            }
          >
            {otpTypes.map((type) => (
              <option key={type} value={type}>
                {t(`console.templates.auth_type_${type}`)}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <CheckedField
        field="authentication.buttonText"
        label={t("console.templates.button_text")}
        hint={t("console.templates.auth_button_hint")}
      >
        {(control) => (
          <TextInput
            {...control}
            value={authentication.buttonText ?? ""}
            onChange={(event) => set({ buttonText: event.target.value === "" ? null : event.target.value })}
          />
        )}
      </CheckedField>
    </div>
  );
}

function Apps({ authentication, onChange }: PartProps): ReactNode {
  const { t } = useWords();
  const { apps, otpType, zeroTapTerms } = authentication;
  return (
    <fieldset className="flex flex-col gap-3">
      <legend className="text-sm text-muted">{t("console.templates.auth_apps")}</legend>
      {apps.map((app, index) => (
        <div key={String(index)} className="flex items-end gap-2">
          {(["packageName", "signatureHash"] as const).map((part) => (
            <div key={part} className="min-w-0 grow">
              <Field label={t(`console.templates.auth_${part}`)}>
                {(control) => (
                  <TextInput
                    {...control}
                    name="authentication.apps"
                    spellCheck={false}
                    value={app[part]}
                    onChange={(event) =>
                      onChange({ apps: apps.with(index, { ...app, [part]: event.target.value.trim() }) })
                    }
                  />
                )}
              </Field>
            </div>
          ))}
          <IconButton
            label={t("console.templates.auth_app_remove")}
            onClick={() => onChange({ apps: apps.toSpliced(index, 1) })}
          >
            <Trash2 aria-hidden="true" size={16} />
          </IconButton>
        </div>
      ))}
      <GroupFindings field="authentication.apps" />
      {apps.length < templateLimits.apps ? (
        <Button
          className="self-start"
          onClick={() => onChange({ apps: [...apps, { packageName: "", signatureHash: "" }] })}
        >
          <Plus aria-hidden="true" size={16} />
          {t("console.templates.auth_app_add")}
        </Button>
      ) : null}
      {otpType === "zero_tap" ? (
        <>
          <CheckBox
            label={t("console.templates.auth_terms")}
            checked={zeroTapTerms}
            onChange={(accepted) => onChange({ zeroTapTerms: accepted })}
          />
          <GroupFindings field="authentication.zeroTapTerms" />
        </>
      ) : null}
    </fieldset>
  );
}
