import type { MessageView } from "@aparte/core/message.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { Button } from "@aparte/ui/button.tsx";
import { ChevronDown } from "lucide-react";
import { useImperativeHandle, useRef, useState, type ReactNode, type Ref } from "react";
import { Virtualizer, type VirtualizerHandle } from "virtua";
import { ListRow, type RowContext } from "./message-row.tsx";
import type { Row } from "./timeline.ts";
import { useListScroll } from "./use-list-scroll.ts";
import { useRoving } from "./use-roving.ts";

export type MessageListHandle = {
  /** Scrolls to a message, moves the focus there and marks it for a moment. */
  readonly jumpTo: (id: string) => void;
  readonly focusLast: () => void;
};

export type MessageListProps = {
  readonly rows: readonly Row[];
  readonly messageById: (id: string) => MessageView | undefined;
  readonly older: "idle" | "loading" | "failed" | "none";
  readonly onLoadOlder: () => void;
  readonly context: Omit<RowContext, "messageById" | "jumpTo" | "flashing" | "active" | "size">;
  readonly ref: Ref<MessageListHandle>;
};

/** All messages of a conversation. Only the rows in view exist; the rest is space. */
export function MessageList(props: MessageListProps): ReactNode {
  const { rows, older, onLoadOlder, ref, context: given, messageById } = props;
  const { t } = useWords();
  const scroller = useRef<HTMLDivElement>(null);
  const list = useRef<VirtualizerHandle>(null);
  const scroll = useListScroll(rows, scroller, list, () => older === "idle" && onLoadOlder());
  const roving = useRoving(rows, scroller, list);
  const [flashing, flash] = useFlash();
  const [hadOlder] = useState(older !== "none");
  const jumpTo = (id: string): void => {
    roving.focus(id);
    flash(id);
  };
  useImperativeHandle(ref, () => ({ jumpTo, focusLast: roving.focusLast }));
  const context: RowContext = {
    ...given,
    messageById,
    jumpTo,
    flashing,
    active: roving.active,
    size: rows.length,
  };
  return (
    <div className="relative flex min-h-0 grow flex-col bg-canvas">
      <div ref={scroller} onKeyDown={roving.onKeyDown} className="flex min-h-0 grow flex-col overflow-y-auto">
        {rows.length === 0 ? <p className="m-auto text-sm text-muted">{t("list.empty")}</p> : <div className="grow" />}
        {hadOlder ? <Beginning older={older} onLoadOlder={onLoadOlder} /> : null}
        <Virtualizer
          ref={list}
          scrollRef={scroller}
          startMargin={hadOlder ? beginningHeight : 0}
          as={ListContainer}
          data={rows}
          shift={scroll.shift}
          keepMounted={roving.activeIndex < 0 ? [] : [roving.activeIndex]}
          onScroll={scroll.onScroll}
          onResize={scroll.onResize}
        >
          {(row, index) => <ListRow key={row.key} row={row} index={index} context={context} />}
        </Virtualizer>
      </div>
      {scroll.atEnd ? null : (
        <Button
          onClick={scroll.toEnd}
          className="absolute end-3 bottom-2 rounded-full bg-bubble-in shadow-over"
          aria-label={t("list.to_end", { count: scroll.unseen })}
        >
          <ChevronDown aria-hidden="true" size={16} />
          {scroll.unseen > 0 ? scroll.unseen : null}
        </Button>
      )}
    </div>
  );
}

const beginningHeight = 44;

/** What stands before the first message; it keeps its height when everything is loaded, so that nothing moves. */
function Beginning({ older, onLoadOlder }: Pick<MessageListProps, "older" | "onLoadOlder">): ReactNode {
  const { t } = useWords();
  return (
    <div className="flex shrink-0 items-center justify-center" style={{ height: beginningHeight }}>
      {older === "none" ? (
        <p className="text-sm text-muted">{t("list.beginning")}</p>
      ) : (
        <Button tone="link" className="text-sm text-muted" unavailable={older === "loading"} onClick={onLoadOlder}>
          {t(older === "loading" ? "list.older_loading" : older === "failed" ? "list.older_failed" : "list.older")}
        </Button>
      )}
    </div>
  );
}

/** The element that virtua fills: the list itself, without what stands around it. */
function ListContainer(props: {
  readonly style: object;
  readonly children: ReactNode;
  readonly ref?: Ref<HTMLDivElement>;
}) {
  const { t } = useWords();
  return <div role="list" aria-label={t("list.label")} {...props} />;
}

/** The id of what is marked just now, and a way to mark: for 1.2 seconds. */
function useFlash(): readonly [string | null, (id: string) => void] {
  const [flashing, setFlashing] = useState<string | null>(null);
  const flash = (id: string): void => {
    setFlashing(id);
    setTimeout(() => setFlashing((current) => (current === id ? null : current)), 1200);
  };
  return [flashing, flash];
}
