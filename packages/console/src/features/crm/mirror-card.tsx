import { crmTitles } from "@aparte/chat/crm-name.ts";
import type { CrmHealthView } from "@aparte/core/crm-health.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { useMutation } from "@tanstack/react-query";
import { CopyCheck } from "lucide-react";
import type { ReactNode } from "react";
import { ActionButton } from "../../layout/action-button.tsx";
import { Card } from "../../layout/card.tsx";
import { StateLabel } from "../../layout/state-label.tsx";
import { Failure, Refused, Trouble } from "../../layout/trouble.tsx";
import { useMember } from "../../platform/member-context.tsx";
import { useServices } from "../../platform/services.tsx";
import { mirrorFacts, mirrorFields } from "./mirror-fields.ts";
import { Moment } from "./moment.tsx";

type MirrorProps = { readonly health: CrmHealthView; readonly now: Date };

/** The copy of consent and last contact in fields of the CRM, which an admin switches on. */
export function MirrorCard({ id, health, now }: MirrorProps & { readonly id: string }): ReactNode {
  const { t } = useWords();
  const { role } = useMember();
  const { crm, incoming } = health;
  const { mirror } = incoming;
  return (
    <Card
      id={id}
      title={t("console.crm.mirror")}
      icon={<CopyCheck aria-hidden="true" size={18} />}
      state={
        <StateLabel mood={mirror.on ? "good" : "neutral"}>
          {t(mirror.on ? "console.crm.mirror_on" : "console.crm.mirror_off")}
        </StateLabel>
      }
    >
      <p className="max-w-prose text-muted">{t("console.crm.mirror_text", { name: crmTitles[crm] })}</p>
      <div>
        <p>{t(mirror.on ? "console.crm.mirror_has" : "console.crm.mirror_creates", { crm })}</p>
        <ul className="mt-1.5 divide-y divide-line">
          {mirrorFacts.map((fact) => (
            <li key={fact} className="flex flex-wrap justify-between gap-x-4 py-1.5">
              <span>{t(`console.crm.mirror_${fact}`)}</span>
              <code className="font-mono text-sm wrap-anywhere text-muted">{mirrorFields[crm][fact]}</code>
            </li>
          ))}
        </ul>
      </div>
      {mirror.on ? <Progress health={health} now={now} /> : null}
      {mirror.problem === null ? null : <Trouble code={mirror.problem} role={role} />}
      {role === "admin" && health.state === "connected" ? <MirrorSwitch health={health} /> : null}
    </Card>
  );
}

function Progress({ health, now }: MirrorProps): ReactNode {
  const { t } = useWords();
  const { waiting, lastWrittenAt } = health.incoming.mirror;
  return (
    <p className="text-sm text-muted">
      {waiting > 0 ? t("console.crm.mirror_waiting", { count: waiting }) : t("console.crm.mirror_done")}{" "}
      {lastWrittenAt === null ? null : (
        <>
          {t("console.crm.mirror_last")} <Moment at={lastWrittenAt} now={now} />
        </>
      )}
    </p>
  );
}

function MirrorSwitch({ health }: { readonly health: CrmHealthView }): ReactNode {
  const { t } = useWords();
  const { api } = useServices();
  const { connectionId, crm, incoming } = health;
  const { on } = incoming.mirror;
  const name = crmTitles[crm];
  const change = useMutation({ mutationFn: () => api.crm.setMirror.mutate({ connectionId, on: !on }) });
  return (
    <>
      {change.data?.ok === false ? <Refused code={change.data.refused} role="admin" /> : null}
      {change.error ? <Failure error={change.error} /> : null}
      <p className="text-sm text-muted">
        {t(on ? "console.crm.mirror_stop_text" : `console.crm.mirror_start_text_${crm}`, { name })}
      </p>
      <ActionButton
        tone={on ? "plain" : "brand"}
        className="self-start"
        busy={change.isPending}
        onPress={() => change.mutate()}
      >
        {t(change.isPending ? "console.crm.mirror_busy" : on ? "console.crm.mirror_stop" : "console.crm.mirror_start")}
      </ActionButton>
    </>
  );
}
