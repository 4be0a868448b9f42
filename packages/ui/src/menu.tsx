import { useId, useRef, type KeyboardEvent, type ReactNode } from "react";

export type MenuItem = {
  readonly key: string;
  readonly label: ReactNode;
  /** Set for a choice among several: whether this one is taken. */
  readonly chosen?: boolean;
  readonly onChoose: () => void;
};

export type MenuProps = {
  /** What the button that opens the menu shows, how it looks, and its name when it shows only a picture. */
  readonly trigger: ReactNode;
  readonly triggerLabel: string;
  readonly triggerClass: string;
  readonly label: string;
  readonly items: readonly MenuItem[];
  /** Words under the items that are read, not chosen. */
  readonly note?: ReactNode;
};

/**
 * A menu on the browser's own popover: it lies above everything, closes by Esc or a press outside and gives the focus
 * back by itself. Arrow keys, Home and End move inside it.
 */
export function Menu({ trigger, triggerLabel, triggerClass, label, items, note }: MenuProps): ReactNode {
  const id = useId();
  const popover = useRef<HTMLDivElement>(null);
  const choices = (): HTMLElement[] => [...(popover.current?.querySelectorAll<HTMLElement>("button") ?? [])];
  const move = (event: KeyboardEvent): void => {
    const all = choices();
    const at = all.indexOf(document.activeElement as HTMLElement);
    const next = { ArrowDown: at + 1, ArrowUp: at - 1 + all.length, Home: 0, End: all.length - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    all[next % all.length]?.focus();
  };
  const choose = (item: MenuItem): void => {
    popover.current?.hidePopover();
    item.onChoose();
  };
  return (
    <>
      <button
        type="button"
        popoverTarget={id}
        aria-haspopup="menu"
        aria-label={triggerLabel}
        title={triggerLabel}
        className={triggerClass}
      >
        {trigger}
      </button>
      <div
        ref={popover}
        id={id}
        popover="auto"
        onToggle={(event) => event.newState === "open" && choices()[0]?.focus()}
        onKeyDown={move}
        className="menu-popover m-0 max-w-72 min-w-44 rounded border border-line bg-field p-1 text-text shadow-over"
      >
        <div role="menu" aria-label={label}>
          {items.map((item) => (
            <button
              key={item.key}
              type="button"
              role={item.chosen === undefined ? "menuitem" : "menuitemradio"}
              aria-checked={item.chosen}
              tabIndex={-1}
              onClick={() => choose(item)}
              className="flex min-h-8 w-full items-center rounded-sm px-2 py-1 text-start hover:bg-veil focus-visible:bg-veil"
            >
              {item.label}
            </button>
          ))}
        </div>
        {note ? <div className="border-t border-line px-2 pt-1.5 pb-1 text-xs text-muted">{note}</div> : null}
      </div>
    </>
  );
}
