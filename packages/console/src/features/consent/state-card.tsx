import { Evidence } from "@aparte/chat/consent/evidence.tsx";
import { dayOf } from "@aparte/chat/when.ts";
import { consentPurposes, foldConsent, type ConsentState, type ConsentView } from "@aparte/core/consent.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { Button } from "@aparte/ui/button.tsx";
import { Field, TextInput } from "@aparte/ui/field.tsx";
import { useQuery } from "@tanstack/react-query";
import { ShieldCheck } from "lucide-react";
import { useState, type ReactNode } from "react";
import { Card } from "../../layout/card.tsx";
import { StateLabel, type Mood } from "../../layout/state-label.tsx";
import { Failure } from "../../layout/trouble.tsx";
import { useServices } from "../../platform/services.tsx";
import { stateQuery, type ConsentPerson } from "./person-query.ts";

const moods: Readonly<Record<ConsentState["state"], Mood>> = {
  opted_in: "good",
  opted_out: "bad",
  expired: "waiting",
  unknown: "neutral",
};

type StateCardProps = { readonly contactId: string; readonly person: ConsentPerson; readonly now: Date };

/** What a person allows, purpose by purpose, with the proof; now, or as it was known at a moment that is chosen. */
export function StateCard({ contactId, person, now }: StateCardProps): ReactNode {
  const { t } = useWords();
  const services = useServices();
  const [chosen, setChosen] = useState("");
  const at = chosen === "" ? null : new Date(chosen).toISOString();
  const then = useQuery({ ...stateQuery(services, contactId, at ?? ""), enabled: at !== null });
  const consent = at === null ? foldConsent(person.entries, { now, channelId: null }) : then.data;
  return (
    <Card
      id="state"
      title={t(at === null ? "console.consent.now" : "console.consent.then")}
      icon={<ShieldCheck aria-hidden="true" size={18} />}
    >
      <div className="flex flex-wrap items-end gap-2">
        <Field label={t("console.consent.moment")} hint={t("console.consent.moment_hint")}>
          {(control) => (
            <TextInput
              {...control}
              type="datetime-local"
              step={1}
              value={chosen}
              onChange={(event) => setChosen(event.target.value)}
            />
          )}
        </Field>
        {at === null ? null : <Button onClick={() => setChosen("")}>{t("console.consent.back_to_now")}</Button>}
      </div>
      {then.isError && at !== null ? <Failure error={then.error} onRetry={() => void then.refetch()} /> : null}
      <div role="status">{consent ? <States consent={consent} person={person} /> : null}</div>
    </Card>
  );
}

function States({ consent, person }: { readonly consent: ConsentView; readonly person: ConsentPerson }): ReactNode {
  const { t, locale } = useWords();
  return (
    <ul className="flex flex-col gap-3">
      {consentPurposes.map((purpose) => {
        const state = consent[purpose];
        const until = state.state === "opted_in" && state.until !== null ? dayOf(state.until, locale) : null;
        return (
          <li key={purpose} className="min-w-0 wrap-anywhere">
            <p className="flex flex-wrap items-center gap-x-3">
              <span className="font-semibold">{t(`consent.purpose_${purpose}`)}</span>
              <StateLabel mood={moods[state.state]}>{t(`console.consent.state_${state.state}`)}</StateLabel>
              {until === null ? null : (
                <span className="text-sm text-muted">{t("console.consent.until", { date: until })}</span>
              )}
            </p>
            {state.state === "unknown" ? (
              <p className="text-sm text-muted">{t(`console.consent.unknown_${purpose}`)}</p>
            ) : (
              <p className="text-sm text-muted">
                <Evidence
                  entry={state.by}
                  writer={person.entries.find(({ id }) => id === state.by.id)?.writer ?? null}
                />
                {state.state === "opted_out" && state.liftedBy === "person_in_whatsapp" ? (
                  <span className="block">{t("console.consent.lifted_in_whatsapp")}</span>
                ) : null}
              </p>
            )}
          </li>
        );
      })}
    </ul>
  );
}
