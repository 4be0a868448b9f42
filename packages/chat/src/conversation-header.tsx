import type { ConversationSnapshot, RecordView } from "@aparte/core/record-view.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import type { MenuItem } from "@aparte/ui/menu.tsx";
import type { ReactNode } from "react";
import { crmNameOf } from "./crm-name.ts";
import { PanelHeader } from "./panel-header.tsx";
import type { PanelActions } from "./port.ts";
import { dateAndTime } from "./when.ts";

/** The header of a conversation: the person, their numbers, and what else can be done. */
export function ConversationHeader(props: {
  readonly view: Extract<RecordView, { state: "ready" }>;
  readonly actions: PanelActions;
  readonly snapshot: ConversationSnapshot;
  readonly now: Date;
  readonly onConsent: (action: "given" | "withdrawn") => void;
  readonly onBlock: () => void;
}): ReactNode {
  const { t } = useWords();
  const { view, actions, snapshot, onConsent } = props;
  const menu: MenuItem[] = [
    { key: "given", label: t("action.record_consent"), onChoose: () => onConsent("given") },
    { key: "withdrawn", label: t("action.opt_out"), onChoose: () => onConsent("withdrawn") },
  ];
  menu.push({ key: "block", label: t(snapshot.blocked ? "block.free" : "block.block"), onChoose: props.onBlock });
  if (actions.openConsole) menu.push({ key: "console", label: t("header.console"), onChoose: actions.openConsole });
  return (
    <PanelHeader
      name={snapshot.person.name}
      number={snapshot.person}
      numbers={view.numbers}
      onChooseNumber={actions.chooseNumber}
      timeZone={snapshot.person.timeZone}
      now={props.now}
      menu={menu}
      menuNote={<SyncNote sync={snapshot.sync} crm={crmNameOf(view)} />}
      onClose={actions.close}
    />
  );
}

/** Where the copy in the CRM stands: since when it does, or what it waits for. */
function SyncNote({ sync, crm }: { readonly sync: ConversationSnapshot["sync"]; readonly crm: string }): ReactNode {
  const { t, locale } = useWords();
  const { state, reason, lastSyncedAt } = sync;
  const date = lastSyncedAt === null ? "" : dateAndTime(lastSyncedAt, locale);
  const last = state === "synced" || date === "" ? null : t("sync.synced", { crm, date });
  return [t(`sync.${state}`, { crm, date }), reason && t(`error.${reason}`), last]
    .filter(Boolean)
    .map((words) => <p key={words}>{words}</p>);
}
