import { useWords } from "@aparte/i18n/words-context.tsx";
import { Field, Select } from "@aparte/ui/field.tsx";
import { Skeleton } from "@aparte/ui/skeleton.tsx";
import { useQuery } from "@tanstack/react-query";
import { Eye } from "lucide-react";
import { useState, type ReactNode } from "react";
import { Card } from "../../layout/card.tsx";
import { Failure } from "../../layout/trouble.tsx";
import { membersQuery } from "../../platform/members-query.ts";
import { useServices } from "../../platform/services.tsx";
import { daysAgo, readsByQuery, readsOfQuery } from "./privacy-query.ts";
import { ReadsTable } from "./reads-table.tsx";

const spans = [1, 7, 30, 365] as const;

/** Who of us read a person: the question of a breach. */
export function ReadsCard({ contactId }: { readonly contactId: string }): ReactNode {
  const { t } = useWords();
  const [days, setDays] = useState(30);
  const reads = useQuery(readsOfQuery(useServices(), contactId, daysAgo(days)));
  return (
    <Card id="reads" title={t("console.privacy.reads")} icon={<Eye aria-hidden="true" size={18} />}>
      <SpanField days={days} onChange={setDays} />
      {reads.isError ? <Failure error={reads.error} onRetry={() => void reads.refetch()} /> : null}
      {reads.isPending ? <Skeleton className="h-24 w-full" /> : null}
      {reads.data ? <ReadsTable reads={reads.data} by="colleague" /> : null}
    </Card>
  );
}

/** Whom one colleague read. */
export function ColleagueCard(): ReactNode {
  const { t } = useWords();
  const services = useServices();
  const [userId, setUserId] = useState("");
  const [days, setDays] = useState(7);
  const members = useQuery(membersQuery(services));
  const reads = useQuery(readsByQuery(services, userId, daysAgo(days)));
  return (
    <Card id="colleague" title={t("console.privacy.colleague")} icon={<Eye aria-hidden="true" size={18} />}>
      <p className="max-w-prose text-muted">{t("console.privacy.colleague_text")}</p>
      <div className="grid gap-3 sm:grid-cols-2">
        <Field label={t("console.privacy.colleague_label")}>
          {(control) => (
            <Select {...control} value={userId} onChange={(event) => setUserId(event.target.value)}>
              <option value="">{t("console.privacy.colleague_choose")}</option>
              {members.data?.map((member) => (
                <option key={member.userId} value={member.userId}>
                  {member.name}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <SpanField days={days} onChange={setDays} />
      </div>
      {members.isError ? <Failure error={members.error} onRetry={() => void members.refetch()} /> : null}
      {reads.isError ? <Failure error={reads.error} onRetry={() => void reads.refetch()} /> : null}
      {reads.data ? <ReadsTable reads={reads.data} by="person" /> : null}
    </Card>
  );
}

function SpanField(props: { readonly days: number; readonly onChange: (days: number) => void }): ReactNode {
  const { t } = useWords();
  return (
    <Field label={t("console.privacy.span")}>
      {(control) => (
        <Select {...control} value={props.days} onChange={(event) => props.onChange(Number(event.target.value))}>
          {spans.map((days) => (
            <option key={days} value={days}>
              {t("console.privacy.span_days", { days })}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}
