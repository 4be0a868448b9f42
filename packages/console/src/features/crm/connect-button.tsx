import { useWords } from "@aparte/i18n/words-context.tsx";
import type { ButtonProps } from "@aparte/ui/button.tsx";
import { useMutation } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ActionButton } from "../../layout/action-button.tsx";
import { Failure, Refused } from "../../layout/trouble.tsx";
import { useServices } from "../../platform/services.tsx";

/** Leaves for HubSpot's page, where an admin says yes; the browser comes back to the console from there. */
export function ConnectButton(props: {
  readonly tone: NonNullable<ButtonProps["tone"]>;
  readonly children: ReactNode;
}): ReactNode {
  const { t } = useWords();
  const { api } = useServices();
  const leave = useMutation({
    mutationFn: () => api.crm.connectUrl.mutate({ crm: "hubspot" }),
    onSuccess: (outcome) => {
      if (outcome.ok) location.assign(outcome.url);
    },
  });
  const busy = leave.isPending || leave.data?.ok === true;
  return (
    <>
      {leave.data?.ok === false ? <Refused code={leave.data.refused} role="admin" /> : null}
      {leave.error ? <Failure error={leave.error} /> : null}
      <ActionButton tone={props.tone} className="self-start" busy={busy} onPress={() => leave.mutate()}>
        {busy ? t("console.crm.leaving") : props.children}
      </ActionButton>
    </>
  );
}
