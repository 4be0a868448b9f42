import type { PanelState } from "@aparte/core/panel-state.ts";
import type { RecordNumber, RecordView } from "@aparte/core/record-view.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { Button } from "@aparte/ui/button.tsx";
import { IconButton } from "@aparte/ui/icon-button.tsx";
import { CircleAlert, LogIn, MousePointerClick, PhoneOff, X } from "lucide-react";
import type { ReactNode } from "react";
import { ConnectionBar } from "./connection-bar.tsx";
import { crmNameOf } from "./crm-name.ts";
import { LoadingSkeleton } from "./loading-skeleton.tsx";
import { PanelHeader } from "./panel-header.tsx";
import type { ChatPanelProps } from "./panel-props.ts";

export type PanelScreenProps = Pick<ChatPanelProps, "actions" | "apiName" | "retryAt"> & {
  readonly state: PanelState;
  readonly view: RecordView | null;
  readonly clock: () => Date;
};

/** The panel without a conversation: what it waits for, or what is missing, and what to do about it. */
export function PanelScreen(props: PanelScreenProps): ReactNode {
  const { state, view, actions } = props;
  const record = view?.record ?? null;
  return (
    <>
      {record ? (
        <PanelHeader name={record.name} onClose={actions.close} />
      ) : (
        <ProductHeader
          hidden={view === null && state.state !== "signed_out" && state.state !== "no_record"}
          {...actions}
        />
      )}
      {state.state === "offline" || state.state === "api_unreachable" ? (
        <ConnectionBar
          state={state.state}
          apiName={props.apiName}
          retryAt={props.retryAt ?? null}
          clock={props.clock}
          onRetry={actions.retry}
        />
      ) : null}
      <Explanation {...props} />
    </>
  );
}

/** Stands where the person's name will be. Unseen above the skeleton, which draws that place itself. */
function ProductHeader({ hidden, close }: { readonly hidden: boolean } & PanelScreenProps["actions"]): ReactNode {
  const { t } = useWords();
  if (hidden) return <h1 className="sr-only">{t("screen.product")}</h1>;
  return (
    <header className="flex min-h-14 items-center justify-between border-b border-line bg-surface ps-3 pe-2">
      <h1 className="text-lg font-semibold">{t("screen.product")}</h1>
      {close ? (
        <IconButton label={t("header.close")} onClick={close}>
          <X aria-hidden="true" size={18} />
        </IconButton>
      ) : null}
    </header>
  );
}

function Explanation({ state, view, actions }: PanelScreenProps): ReactNode {
  const { t } = useWords();
  const name = view?.record?.name ?? "";
  const crm = crmNameOf(view);
  const checkAgain = actions.retry ? <Button onClick={actions.retry}>{t("action.check_again")}</Button> : null;
  switch (state.state) {
    case "signed_out":
      return (
        <Screen sign={<LogIn />} title={t("screen.signed_out")} text={t("screen.signed_out_text")}>
          {actions.signIn ? (
            <Button tone="brand" onClick={actions.signIn}>
              {t("action.sign_in")}
            </Button>
          ) : null}
          <p className="text-sm text-muted">{t("screen.signed_out_privacy")}</p>
        </Screen>
      );
    case "no_record":
      return <Screen sign={<MousePointerClick />} title={t("screen.no_record")} text={t("screen.no_record_text")} />;
    case "no_number":
      return (
        <Screen sign={<PhoneOff />} title={t("screen.no_number", { name })} text={t("screen.no_number_text", { crm })}>
          {checkAgain}
        </Screen>
      );
    case "invalid_number":
      return (
        <Screen sign={<PhoneOff />} title={t("screen.invalid_number")} text={t("screen.invalid_number_text", { crm })}>
          {view?.state === "invalid_number" ? <RawNumbers numbers={view.numbers} /> : null}
          {checkAgain}
        </Screen>
      );
    case "record_unavailable":
      return (
        <Screen sign={<CircleAlert />} title={t(`error.${state.reason}`)} text={t(`fix.${state.reason}`)}>
          {checkAgain}
        </Screen>
      );
    case "loading":
    case "offline":
    case "api_unreachable":
    case "channel_unusable":
    case "opted_out":
    case "window_open":
    case "window_closing":
    case "window_closed":
    case "empty":
      return <LoadingSkeleton spoken={state.state === "loading"} />;
  }
}

function Screen(props: {
  readonly sign: ReactNode;
  readonly title: string;
  readonly text: string;
  readonly children?: ReactNode;
}): ReactNode {
  return (
    <div
      role="status"
      className="flex grow flex-col items-center justify-center gap-3 bg-surface px-8 py-10 text-center"
    >
      <span aria-hidden="true" className="rounded-full bg-veil p-4 text-brand">
        {props.sign}
      </span>
      <h2 className="text-lg font-semibold text-balance">{props.title}</h2>
      <p className="text-balance text-muted">{props.text}</p>
      {props.children}
    </div>
  );
}

/** The numbers as they stand in the CRM, so that the wrong one is recognised. */
function RawNumbers({ numbers }: { readonly numbers: readonly RecordNumber[] }): ReactNode {
  return (
    <dl className="flex flex-col gap-1">
      {numbers.map(({ label, raw }) => (
        <div key={`${label} ${raw}`}>
          <dt className="inline text-muted">{label}: </dt>
          <dd className="inline font-mono">
            <bdi>{raw}</bdi>
          </dd>
        </div>
      ))}
    </dl>
  );
}
