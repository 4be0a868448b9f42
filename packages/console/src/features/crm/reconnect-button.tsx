import { crmTitles } from "@aparte/chat/crm-name.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import type { ButtonProps } from "@aparte/ui/button.tsx";
import { useMutation } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ActionButton } from "../../layout/action-button.tsx";
import { Failure, Refused } from "../../layout/trouble.tsx";
import { useServices } from "../../platform/services.tsx";
import type { CrmConnection } from "./connections-query.ts";

/** Leaves for the CRM's page at which this account was connected before. For admins. */
export function ReconnectButton(props: {
  readonly connection: Pick<CrmConnection, "crm" | "loginUrl">;
  readonly tone: NonNullable<ButtonProps["tone"]>;
}): ReactNode {
  const { t } = useWords();
  const { api } = useServices();
  const { crm, loginUrl } = props.connection;
  const leave = useMutation({
    mutationFn: () => api.crm.connectUrl.mutate({ crm, loginUrl }),
    onSuccess: (outcome) => {
      if (outcome.ok) location.assign(outcome.url);
    },
  });
  const busy = leave.isPending || leave.data?.ok === true;
  return (
    <>
      {leave.data?.ok === false ? <Refused code={leave.data.refused} role="admin" /> : null}
      {leave.error ? <Failure error={leave.error} /> : null}
      <ActionButton tone={props.tone} busy={busy} onPress={() => leave.mutate()}>
        {busy ? t("console.crm.leaving", { name: crmTitles[crm] }) : t("console.crm.reconnect")}
      </ActionButton>
    </>
  );
}
