import { crmTitles } from "@aparte/chat/crm-name.ts";
import type { CrmSettings, DealRule, LoggingMode } from "@aparte/core/crm-settings.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { useMutation } from "@tanstack/react-query";
import { SlidersHorizontal } from "lucide-react";
import { useId, useState, type ReactNode } from "react";
import { Card } from "../../layout/card.tsx";
import { Choice } from "../../layout/choice.tsx";
import { SubmitButton } from "../../layout/submit-button.tsx";
import { Failure, Refused } from "../../layout/trouble.tsx";
import { useMember } from "../../platform/member-context.tsx";
import { useServices } from "../../platform/services.tsx";
import type { CrmConnection } from "./connections-query.ts";

const loggingModes: readonly LoggingMode[] = ["session", "message", "none"];
const companyRules: readonly CrmSettings["company"][] = ["primary", "none"];
const workRules: readonly DealRule[] = ["opened", "open", "none"];

/** What becomes an entry and on which records it stands, each choice with its consequence. */
export function SettingsForm(props: {
  readonly id: string;
  readonly connection: CrmConnection;
  readonly settings: CrmSettings;
  readonly onChange: (settings: CrmSettings) => void;
}): ReactNode {
  const { t } = useWords();
  const { api } = useServices();
  const { role } = useMember();
  const { id, connection, settings, onChange } = props;
  const [saved, setSaved] = useState<CrmSettings | null>(null);
  const save = useMutation({
    mutationFn: () => api.crm.saveSettings.mutate({ connectionId: connection.id, settings }),
    onSuccess: ({ ok }) => {
      if (ok) setSaved(settings);
    },
  });
  return (
    <Card
      id={id}
      title={t("console.crm.settings_title", { name: crmTitles[connection.crm] })}
      icon={<SlidersHorizontal aria-hidden="true" size={18} />}
    >
      {role === "admin" ? null : <p className="text-muted">{t("console.crm.settings_for_admins")}</p>}
      <form
        noValidate
        className="flex flex-col gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          if (!save.isPending) save.mutate();
        }}
      >
        <fieldset disabled={role !== "admin"} className="flex min-w-0 flex-col gap-5">
          <legend className="sr-only">{t("console.crm.settings")}</legend>
          <SettingsFields connection={connection} settings={settings} onChange={onChange} />
        </fieldset>
        {save.data?.ok === false ? <Refused code={save.data.refused} role={role} /> : null}
        {save.error ? <Failure error={save.error} /> : null}
        {role === "admin" ? (
          <div className="flex flex-wrap items-center gap-3">
            <SubmitButton busy={save.isPending} busyWords={t("console.profile.saving")}>
              {t("console.profile.save")}
            </SubmitButton>
            <p role="status" className="text-sm text-muted">
              {saved === settings ? t("console.crm.settings_saved") : ""}
            </p>
          </div>
        ) : null}
      </form>
    </Card>
  );
}

function SettingsFields(props: {
  readonly connection: CrmConnection;
  readonly settings: CrmSettings;
  readonly onChange: (settings: CrmSettings) => void;
}): ReactNode {
  const { t } = useWords();
  const { connection, settings, onChange } = props;
  const { crm } = connection;
  return (
    <>
      <Choice
        legend={t("console.crm.logging")}
        options={loggingModes.map((value) => ({
          value,
          label: t(`console.crm.logging_${value}`),
          text: t(`console.crm.logging_${value}_text`, { name: crmTitles[crm] }),
        }))}
        value={settings.logging}
        onChange={(logging) => onChange({ ...settings, logging })}
      />
      <ConsentEntries {...props} />
      <Choice
        legend={t("console.crm.company", { crm })}
        options={companyRules.map((value) => ({
          value,
          label: t(`console.crm.company_${value}`, { crm }),
          text: t(`console.crm.company_${value}_text`, { crm }),
        }))}
        value={settings.company}
        onChange={(company) => onChange({ ...settings, company })}
      />
      {(["deals", "tickets"] as const).map((setting) => (
        <Choice
          key={setting}
          legend={t(`console.crm.${setting}`, { crm })}
          options={workRules.map((value) => ({
            value,
            label: t(`console.crm.work_${value}`),
            text: t(`console.crm.work_${value}_text`),
          }))}
          value={settings[setting]}
          onChange={(rule) => onChange({ ...settings, [setting]: rule })}
        />
      ))}
    </>
  );
}

function ConsentEntries(props: {
  readonly settings: CrmSettings;
  readonly onChange: (settings: CrmSettings) => void;
}): ReactNode {
  const { t } = useWords();
  const textId = useId();
  const { settings, onChange } = props;
  return (
    <fieldset className="min-w-0">
      <legend className="mb-2 font-semibold">{t("console.crm.consent_entries")}</legend>
      <label className="forced-edge flex gap-2.5 rounded border border-line px-3 py-2 hover:border-edge">
        <input
          type="checkbox"
          aria-labelledby={`${textId}-label`}
          aria-describedby={textId}
          className="mt-0.5 size-4 shrink-0 accent-brand"
          checked={settings.consentEntries}
          onChange={(event) => onChange({ ...settings, consentEntries: event.target.checked })}
        />
        <span className="min-w-0">
          <span id={`${textId}-label`} className="block">
            {t("console.crm.consent_entries_label")}
          </span>
          <span id={textId} className="block text-sm text-muted">
            {t("console.crm.consent_entries_text")}
          </span>
        </span>
      </label>
    </fieldset>
  );
}
