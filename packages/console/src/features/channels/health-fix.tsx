import type { HealthFinding } from "@aparte/core/channel-health.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { Button } from "@aparte/ui/button.tsx";
import { useMutation } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { ExternalLink } from "lucide-react";
import type { ReactNode } from "react";
import { ActionButton } from "../../layout/action-button.tsx";
import { focusCard } from "../../layout/card-focus.ts";
import { linkLook } from "../../layout/link-look.ts";
import { Failure, Refused } from "../../layout/trouble.tsx";
import { useServices } from "../../platform/services.tsx";
import { metaPages, type MetaPage } from "./meta-pages.ts";
import type { NumberTask } from "./number-dialog.tsx";

/** What mends a finding: a dialog here, a call, the list of templates, or a page of Meta's. */
type Fix =
  | { readonly by: "task"; readonly task: NumberTask }
  | { readonly by: "webhooks" }
  | { readonly by: "templates" }
  | { readonly by: "meta"; readonly page: MetaPage };

const otherToken: Fix = { by: "task", task: "token" };
const manager: Fix = { by: "meta", page: "manager" };

const fixes: Partial<Record<HealthFinding, Fix>> = {
  "token.invalid": otherToken,
  "token.permission_missing": otherToken,
  "token.ends_soon": otherToken,
  "webhooks.not_subscribed": { by: "webhooks" },
  "webhooks.elsewhere": { by: "webhooks" },
  "number.no_pin": { by: "task", task: "pin" },
  "number.not_registered": { by: "task", task: "register" },
  "number.flagged": { by: "templates" },
  "number.blocked": manager,
  "name.declined": { by: "task", task: "name" },
  "account.blocked": manager,
  "account.rejected": manager,
  "account.no_payment": manager,
  "reach.low_quality": { by: "templates" },
  "reach.medium_quality": { by: "templates" },
  "reach.not_verified": { by: "meta", page: "verification" },
};

/** The next step for a finding; nothing where only waiting helps. For admins. */
export function HealthFix(props: {
  readonly finding: HealthFinding;
  /** Where the focus goes when the finding is gone. */
  readonly cardId: string;
  readonly channelId: string;
  readonly wabaId: string;
  readonly onTask: (task: NumberTask) => void;
}): ReactNode {
  const { t } = useWords();
  const fix = fixes[props.finding];
  switch (fix?.by) {
    case undefined:
      return null;
    case "task":
      return <Button onClick={() => props.onTask(fix.task)}>{t(`console.number.${fix.task}`)}</Button>;
    case "webhooks":
      return <SubscribeButton channelId={props.channelId} cardId={props.cardId} />;
    case "templates":
      return (
        <Link to="/templates" search={{ number: props.channelId }} className={linkLook}>
          {t("console.number.look_at_templates")}
        </Link>
      );
    case "meta":
      return <MetaLink page={fix.page} wabaId={props.wabaId} />;
  }
}

/** Leads to where Meta itself must be told. */
export function MetaLink({ page, wabaId }: { readonly page: MetaPage; readonly wabaId: string }): ReactNode {
  const { t } = useWords();
  return (
    <a href={metaPages[page](wabaId)} target="_blank" rel="noreferrer" className={linkLook}>
      {t(`console.number.open_${page}`)}
      <ExternalLink aria-hidden="true" size={14} />
      <span className="sr-only">{t("console.new_tab")}</span>
    </a>
  );
}

function SubscribeButton(props: { readonly channelId: string; readonly cardId: string }): ReactNode {
  const { t } = useWords();
  const { api } = useServices();
  const subscribe = useMutation({
    mutationFn: () => api.channels.subscribe.mutate({ channelId: props.channelId }),
    // The button goes away with the finding.
    onSuccess: ({ ok }) => {
      if (ok) focusCard(props.cardId);
    },
  });
  return (
    <>
      {subscribe.data?.ok === false ? (
        <Refused code={subscribe.data.refused} role="admin" said={subscribe.data.facts["details"]} />
      ) : null}
      {subscribe.error ? <Failure error={subscribe.error} /> : null}
      <ActionButton busy={subscribe.isPending} onPress={() => subscribe.mutate()}>
        {t(subscribe.isPending ? "console.channels.connecting" : "console.number.subscribe")}
      </ActionButton>
    </>
  );
}
