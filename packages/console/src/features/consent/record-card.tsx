import { MethodField, PurposesField } from "@aparte/chat/consent/consent-fields.tsx";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { PenLine } from "lucide-react";
import type { ReactNode } from "react";
import { Card } from "../../layout/card.tsx";
import { Choice } from "../../layout/choice.tsx";
import { EntryForm } from "../../layout/entry-form.tsx";
import { FormField, FormText } from "../../layout/form-field.tsx";
import { useMember } from "../../platform/member-context.tsx";
import type { ConsentPerson } from "./person-query.ts";
import { ProofFile } from "./proof-file.tsx";
import { useRecord } from "./use-record.ts";

/** Writes down what a person said, with the words and, if there is one, the file that proves it. */
export function RecordCard(props: { readonly contactId: string; readonly person: ConsentPerson }): ReactNode {
  const { t } = useWords();
  const { role } = useMember();
  const { form, choices, choose, say, saved } = useRecord(props.contactId);
  return (
    <Card id="record" title={t("console.consent.record")} icon={<PenLine aria-hidden="true" size={18} />}>
      <EntryForm
        form={form}
        role={role}
        submit={t("console.consent.write_down")}
        busy={t("console.consent.writing")}
        status={saved ? t("console.consent.written") : ""}
      >
        <Choice
          legend={t("console.consent.what")}
          value={choices.action}
          onChange={say}
          options={[
            { value: "withdrawn", label: t("console.consent.stop"), text: t("console.consent.stop_text") },
            { value: "given", label: t("console.consent.allow"), text: t("console.consent.allow_text") },
          ]}
        />
        <PurposesField value={choices.purposes} onChange={(purposes) => choose({ purposes })} />
        <MethodField value={choices.method} onChange={(method) => choose({ method })} />
        <FormText
          form={form}
          name="wording"
          label={t("consent.wording")}
          hint={t(`console.consent.wording_hint_${choices.action}`)}
          wrong={t("console.consent.wording_missing")}
        />
        <FormField
          form={form}
          name="when"
          type="datetime-local"
          required={false}
          label={t("consent.when")}
          hint={t("console.consent.when_hint")}
          wrong={t("console.consent.when_wrong")}
        />
        <ProofFile
          channelId={props.person.channels[0]?.id ?? null}
          kept={choices.proof}
          onKept={(proof) => choose({ proof })}
        />
      </EntryForm>
    </Card>
  );
}
