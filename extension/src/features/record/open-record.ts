import type { RecordView } from "@aparte/core/record-view.ts";
import { realPacing, retryDelay, type Pacing } from "../../platform/live.ts";

/** What asking for a record has brought so far. */
export type Opened = {
  readonly view: RecordView | null;
  /** False from the moment the API did not answer until it answers. */
  readonly reachable: boolean;
  /** When it is asked again (ISO 8601); null while it is being asked or has answered. */
  readonly retryAt: string | null;
};

export type Opening = {
  /** Asks once more: for another number, or at once instead of waiting. */
  readonly ask: (number?: string) => void;
  /** Takes in what the API answered to something else that was said of the record; questions under way are left behind. */
  readonly take: (view: RecordView) => void;
  readonly stop: () => void;
};

export type OpeningParts = {
  /** Asks the API; rejects when it cannot be reached. */
  readonly ask: (number: string | null) => Promise<RecordView>;
  /** What was known of this record before, to be read until the API answers. */
  readonly remembered: () => Promise<RecordView | null>;
  readonly onChange: (opened: Opened) => void;
};

/** Opens a record and does not give up: it shows what is remembered until the API answers, and asks again and again. */
export function openRecord(parts: OpeningParts, pacing: Pacing = realPacing): Opening {
  let opened: Opened = { view: null, reachable: true, retryAt: null };
  let number: string | null = null;
  let failures = 0;
  let turn = 0;
  let stopped = false;
  let cancelRetry: (() => void) | null = null;

  const change = (news: Partial<Opened>): void => {
    opened = { ...opened, ...news };
    parts.onChange(opened);
  };
  const remember = async (): Promise<void> => {
    const view = await parts.remembered();
    if (view && opened.view === null && !stopped) change({ view });
  };
  const failed = (): void => {
    failures += 1;
    const delay = retryDelay(failures, pacing.chance());
    cancelRetry = pacing.after(delay, () => void ask());
    change({ reachable: false, retryAt: new Date(pacing.now() + delay).toISOString() });
  };
  const ask = async (): Promise<void> => {
    cancelRetry?.();
    const mine = ++turn;
    if (opened.retryAt !== null) change({ retryAt: null });
    let view: RecordView;
    try {
      view = await parts.ask(number);
    } catch {
      if (mine === turn) failed();
      return;
    }
    if (mine !== turn) return;
    failures = 0;
    change({ view, reachable: true, retryAt: null });
  };
  void remember();
  void ask();
  return {
    ask: (wanted) => {
      if (wanted !== undefined) number = wanted;
      void ask();
    },
    take: (view) => {
      cancelRetry?.();
      turn += 1;
      failures = 0;
      // What was chosen before may be what was just said to be wrong.
      number = null;
      change({ view, reachable: true, retryAt: null });
    },
    stop: () => {
      stopped = true;
      turn += 1;
      cancelRetry?.();
    },
  };
}
