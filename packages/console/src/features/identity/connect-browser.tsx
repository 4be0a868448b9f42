import { useWords } from "@aparte/i18n/words-context.tsx";
import { Avatar } from "@aparte/ui/avatar.tsx";
import { Skeleton } from "@aparte/ui/skeleton.tsx";
import { useEffect, useRef, type ReactNode } from "react";
import { ActionButton } from "../../layout/action-button.tsx";
import { Notice } from "../../layout/notice.tsx";
import { Failure } from "../../layout/trouble.tsx";
import { useMember } from "../../platform/member-context.tsx";
import { useDeviceRequest, type DeviceRequest } from "./device-request.ts";
import { SignOutButton } from "./sign-out-button.tsx";

/**
 * Approves the sign-in of the extension (RFC 8628). Nothing happens without a press: whoever was lured here by someone
 * else's link must be able to see what it would do.
 */
export function ConnectBrowser({ userCode }: { readonly userCode: string }): ReactNode {
  const request = useDeviceRequest(userCode);
  const { decide } = request;
  if (request.query.isError) {
    return <Failure error={request.query.error} onRetry={() => void request.query.refetch()} />;
  }
  if (request.query.isPending) return <Skeleton className="h-40 w-full" />;
  return (
    <>
      <Standing state={request.query.data} />
      {request.query.data === "pending" ? (
        <Decision userCode={userCode} busy={decide.isPending} onDecide={decide.mutate} />
      ) : null}
      {decide.error ? <Failure error={decide.error} /> : null}
    </>
  );
}

function Decision(props: {
  readonly userCode: string;
  readonly busy: boolean;
  readonly onDecide: (decision: "approve" | "deny") => void;
}): ReactNode {
  const { t } = useWords();
  const { user, workspace } = useMember();
  return (
    <>
      <p>{t("console.connect.text")}</p>
      <div className="flex items-center gap-3 rounded border border-line p-3">
        <Avatar name={user.name} />
        <div className="min-w-0">
          <p className="font-semibold">{user.name}</p>
          <p className="wrap-anywhere text-sm text-muted">{user.email}</p>
          <p className="text-sm text-muted">{workspace.name}</p>
        </div>
      </div>
      <div>
        <p className="text-sm text-muted">{t("console.connect.code")}</p>
        <p className="font-mono text-xl font-semibold tracking-widest">{shownCode(props.userCode)}</p>
        <p className="mt-1 text-sm text-muted">{t("console.connect.warning")}</p>
      </div>
      <div className="flex flex-wrap gap-2">
        <ActionButton tone="brand" busy={props.busy} onPress={() => props.onDecide("approve")}>
          {t("console.connect.approve")}
        </ActionButton>
        <ActionButton busy={props.busy} onPress={() => props.onDecide("deny")}>
          {t("console.connect.deny")}
        </ActionButton>
      </div>
    </>
  );
}

/** How the request stands when there is nothing to decide (any more). The focus goes here, where the buttons were. */
function Standing({ state }: { readonly state: DeviceRequest }): ReactNode {
  const { t } = useWords();
  const words = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (state !== "pending") words.current?.focus();
  }, [state]);
  return (
    <div ref={words} role="status" tabIndex={-1} className="flex flex-col gap-3 outline-none empty:hidden">
      {state === "pending" ? null : (
        <>
          <Notice tone={state === "approved" ? "good" : "plain"}>
            <p className="font-semibold">{t(`console.connect.${state}`)}</p>
            <p>{t(`console.connect.${state}_text`)}</p>
          </Notice>
          {state === "denied" || state === "foreign" ? <SignOutButton /> : null}
        </>
      )}
    </div>
  );
}

/** In groups of four, as people compare it: "ABCD-2345". */
function shownCode(code: string): string {
  return code.replaceAll(/(.{4})(?=.)/gu, "$1-");
}
