import { crmTitles } from "@aparte/chat/crm-name.ts";
import type { CrmRecordRef } from "@aparte/core/crm-record.ts";
import type { CrmSettings, RulesTestView } from "@aparte/core/crm-settings.ts";
import { addressForms } from "@aparte/core/record-address.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { Button } from "@aparte/ui/button.tsx";
import { Field, TextInput } from "@aparte/ui/field.tsx";
import { Skeleton } from "@aparte/ui/skeleton.tsx";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { ExternalLink, FlaskConical } from "lucide-react";
import { useRef, useState, type FormEvent, type ReactNode } from "react";
import { Card } from "../../layout/card.tsx";
import { Notice } from "../../layout/notice.tsx";
import { Failure, Refused } from "../../layout/trouble.tsx";
import { useMember } from "../../platform/member-context.tsx";
import { useServices } from "../../platform/services.tsx";
import type { CrmConnection } from "./connections-query.ts";

type TestProps = { readonly connection: CrmConnection; readonly settings: CrmSettings };

/** Tries the rules, also those that are not saved yet, on a record whose address is pasted. */
export function RulesTest({ id, connection, settings }: TestProps & { readonly id: string }): ReactNode {
  const { t } = useWords();
  const [address, setAddress] = useState("");
  const [isWrong, setWrong] = useState(false);
  const [ref, setRef] = useState<CrmRecordRef | null>(null);
  const input = useRef<HTMLInputElement>(null);
  const name = crmTitles[connection.crm];
  const test = (event: FormEvent): void => {
    event.preventDefault();
    const url = URL.parse(address.trim());
    const found = url && addressForms[connection.crm].recordAt(url);
    setWrong(!found);
    setRef(found);
    if (!found) input.current?.focus();
  };
  return (
    <Card id={id} title={t("console.crm.test")} icon={<FlaskConical aria-hidden="true" size={18} />}>
      <p className="max-w-prose text-muted">{t("console.crm.test_text")}</p>
      <form noValidate onSubmit={test} className="flex flex-col items-stretch gap-3">
        <Field
          label={t("console.crm.test_address", { name })}
          hint={<span className="font-mono wrap-anywhere">{examples[connection.crm](connection)}</span>}
          error={isWrong ? t("console.invalid.record_address", { name }) : undefined}
        >
          {(control) => (
            <TextInput
              {...control}
              ref={input}
              type="url"
              inputMode="url"
              autoComplete="off"
              spellCheck={false}
              value={address}
              onChange={(event) => {
                setAddress(event.target.value);
                setWrong(false);
              }}
            />
          )}
        </Field>
        <Button type="submit" className="self-start">
          {t("console.crm.test_submit")}
        </Button>
      </form>
      <div aria-live="polite" className="flex flex-col gap-3 empty:hidden">
        {ref ? <Result connection={connection} settings={settings} tested={ref} /> : null}
      </div>
    </Card>
  );
}

const examples = {
  hubspot: ({ account, uiDomain }: CrmConnection) => `https://${uiDomain}/contacts/${account}/record/0-1/…`,
  salesforce: ({ uiDomain }: CrmConnection) => `https://${uiDomain}/lightning/r/Contact/…/view`,
};

function Result({ connection, settings, tested }: TestProps & { readonly tested: CrmRecordRef }): ReactNode {
  const { t } = useWords();
  const { api } = useServices();
  const { role } = useMember();
  const result = useQuery({
    queryKey: ["crm", "rules", connection.id, tested, settings],
    queryFn: () => api.crm.testRules.query({ connectionId: connection.id, settings, ref: tested }),
    placeholderData: keepPreviousData,
  });
  if (result.isError) return <Failure error={result.error} onRetry={() => void result.refetch()} />;
  if (result.isPending) return <Skeleton className="h-24 w-full" />;
  if (!result.data.ok) return <Refused code={result.data.refused} role={role} />;
  const { associations } = result.data;
  if (associations.length === 0) return <Notice tone="plain">{t("console.crm.test_none")}</Notice>;
  const quiet = settings.logging === "none";
  return (
    <>
      {quiet ? (
        <Notice tone="plain">
          {t(settings.consentEntries ? "console.crm.test_consent_only" : "console.crm.test_nothing")}
        </Notice>
      ) : null}
      <p className="font-semibold">{t("console.crm.test_stands", { count: associations.length })}</p>
      <Associations associations={associations} />
    </>
  );
}

function Associations({ associations }: RulesTestView): ReactNode {
  const { t } = useWords();
  return (
    <ul className="divide-y divide-line">
      {associations.map(({ ref, name, url, why }) => (
        <li key={`${ref.type} ${ref.id}`} className="py-2.5 first:pt-0 last:pb-0">
          <p className="flex flex-wrap items-baseline justify-between gap-x-3">
            <a
              href={url}
              target="_blank"
              rel="noreferrer"
              className="font-semibold wrap-anywhere underline underline-offset-2"
            >
              <bdi>{name === "" ? ref.id : name}</bdi>
              <ExternalLink aria-hidden="true" size={13} className="ms-1 inline" />
              <span className="sr-only">{t("console.new_tab")}</span>
            </a>
            <span className="text-sm text-muted">{t("console.crm.record_type", { crm: ref.crm, type: ref.type })}</span>
          </p>
          <p className="text-sm text-muted">{t(`crm.rule.${why}`)}</p>
        </li>
      ))}
    </ul>
  );
}
