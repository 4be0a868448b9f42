import type { RecordNumber } from "@aparte/core/record-view.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { Avatar } from "@aparte/ui/avatar.tsx";
import { IconButton, iconButtonClass } from "@aparte/ui/icon-button.tsx";
import { Menu, type MenuItem } from "@aparte/ui/menu.tsx";
import { ChevronDown, Ellipsis, X } from "lucide-react";
import type { ReactNode } from "react";
import { timeOf, townOf } from "./when.ts";

export type PanelHeaderProps = {
  readonly name: string;
  readonly number?: { readonly e164: string; readonly display: string };
  /** All numbers of the record; more than one usable one makes the number a menu. */
  readonly numbers?: readonly RecordNumber[];
  readonly onChooseNumber?: ((e164: string) => void) | undefined;
  readonly timeZone?: string | null;
  readonly now?: Date;
  readonly menu?: readonly MenuItem[];
  readonly menuNote?: ReactNode;
  readonly onClose?: (() => void) | undefined;
};

/** Who this is about: initials, name, number, the time where they are, and what else can be done. */
export function PanelHeader(props: PanelHeaderProps): ReactNode {
  const { t } = useWords();
  const { name, menu = [], menuNote, onClose } = props;
  return (
    <header className="flex items-center gap-2.5 border-b border-line bg-surface px-3 py-2.5">
      <Avatar name={name} />
      <div className="min-w-0 grow">
        <h1 className="truncate text-lg font-semibold">
          <bdi>{name}</bdi>
        </h1>
        <Whereabouts {...props} />
      </div>
      <div className="-me-1 flex shrink-0">
        {menu.length > 0 ? (
          <Menu
            label={t("header.menu")}
            items={menu}
            note={menuNote}
            trigger={<Ellipsis aria-hidden="true" size={18} />}
            triggerLabel={t("header.menu")}
            triggerClass={iconButtonClass}
          />
        ) : null}
        {onClose ? (
          <IconButton label={t("header.close")} onClick={onClose}>
            <X aria-hidden="true" size={18} />
          </IconButton>
        ) : null}
      </div>
    </header>
  );
}

function Whereabouts({ number, numbers = [], onChooseNumber, timeZone, now }: PanelHeaderProps): ReactNode {
  const { t, locale } = useWords();
  if (!number) return null;
  const usable = numbers.filter((one) => one.e164 !== null && one.verdict !== "not_theirs");
  return (
    <div className="flex min-h-5 flex-wrap items-center gap-x-2 text-xs text-muted">
      {usable.length > 1 && onChooseNumber ? (
        <NumberMenu current={number.e164} display={number.display} numbers={usable} onChoose={onChooseNumber} />
      ) : (
        <bdi className="whitespace-nowrap">{number.display}</bdi>
      )}
      {timeZone && now ? (
        <span className="whitespace-nowrap">
          {t("header.local_time", { time: timeOf(now, locale, timeZone), town: townOf(timeZone) })}
        </span>
      ) : null}
    </div>
  );
}

function NumberMenu(props: {
  readonly current: string;
  readonly display: string;
  readonly numbers: readonly RecordNumber[];
  readonly onChoose: (e164: string) => void;
}): ReactNode {
  const { t } = useWords();
  const holders = new Set(props.numbers.map(({ holder }) => holder?.ref.id)).size;
  const items = props.numbers.flatMap(({ e164, label, display, holder }): MenuItem[] =>
    e164 === null
      ? []
      : [
          {
            key: e164,
            chosen: e164 === props.current,
            onChoose: () => props.onChoose(e164),
            label: (
              <span>
                <bdi className={e164 === props.current ? "font-semibold" : undefined}>{display}</bdi>
                <span className="block text-xs text-muted">
                  {[holders > 1 ? holder?.name : "", label].filter(Boolean).join(" · ")}
                </span>
              </span>
            ),
          },
        ],
  );
  return (
    <Menu
      label={t("header.numbers")}
      items={items}
      trigger={
        <>
          <bdi>{props.display}</bdi>
          <ChevronDown aria-hidden="true" size={14} />
        </>
      }
      triggerLabel={t("header.choose_number", { number: props.display })}
      triggerClass="-my-0.5 inline-flex min-h-6 items-center gap-0.5 rounded-sm whitespace-nowrap hover:text-text"
    />
  );
}
