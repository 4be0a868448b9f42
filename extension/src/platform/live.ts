/** What a source tells. */
export type SourceNews<Update> = {
  readonly opened: () => void;
  /** News, and where the stream stands after it; null when the news came from beside the stream. */
  readonly arrived: (cursor: string | null, update: Update) => void;
  /** The stream is over, with or without a reason; it does not come back by itself. */
  readonly broke: () => void;
};

/**
 * Opens a stream once, after `cursor` (null: from where its caller stands). The answer closes it.
 */
export type LiveSource<Update> = (cursor: string | null, on: SourceNews<Update>) => () => void;

export type LiveHandlers<Update> = {
  readonly onUpdate: (update: Update) => void;
  /** `retryAt` (ISO 8601): when the next attempt begins; null while one is under way. */
  readonly onState: (state: "connected" | "reconnecting", retryAt: string | null) => void;
};

export type LiveStream = {
  /** A stream that nobody looks at is closed, and goes on from its cursor when it is looked at again. */
  readonly setAwake: (awake: boolean) => void;
  /** Connects at once: instead of waiting, or because a stream that seems open may have gone silent. */
  readonly retryNow: () => void;
  readonly stop: () => void;
};

/** Time and chance, given from outside so that a test can hold them still. */
export type Pacing = {
  readonly now: () => number;
  /** Calls back once after `delay` milliseconds; the answer cancels it. */
  readonly after: (delay: number, run: () => void) => () => void;
  /** 0 to 1. Spreads the return of many panels after a restart of the server. */
  readonly chance: () => number;
};

export const realPacing: Pacing = {
  now: () => Date.now(),
  after: (delay, run) => {
    const timer = setTimeout(run, delay);
    return () => clearTimeout(timer);
  },
  chance: () => Math.random(),
};

const firstDelay = 1_000;
const longestDelay = 30_000;

/** How long to wait before the attempt after `failures` failed ones, in milliseconds: 1, 2, 4 … 30 s, each ± 20 %. */
export function retryDelay(failures: number, chance: number): number {
  const delay = Math.min(longestDelay, firstDelay * 2 ** Math.max(0, failures - 1));
  return Math.round(delay * (0.8 + 0.4 * chance));
}

/** Follows a source until it is stopped, and loses nothing: it always goes on after the last cursor that arrived. */
export function followLive<Update>(
  source: LiveSource<Update>,
  handlers: LiveHandlers<Update>,
  pacing: Pacing = realPacing,
): LiveStream {
  let cursor: string | null = null;
  let failures = 0;
  let awake = true;
  let close: (() => void) | null = null;
  let cancelRetry: (() => void) | null = null;

  const disconnect = (): void => {
    cancelRetry?.();
    close?.();
    cancelRetry = close = null;
  };
  const wait = (): void => {
    failures += 1;
    const delay = retryDelay(failures, pacing.chance());
    cancelRetry = pacing.after(delay, connect);
    handlers.onState("reconnecting", new Date(pacing.now() + delay).toISOString());
  };
  const connect = (): void => {
    disconnect();
    close = openOnce(source, cursor, {
      opened: () => {
        failures = 0;
        handlers.onState("connected", null);
      },
      arrived: (newer, update) => {
        cursor = newer ?? cursor;
        handlers.onUpdate(update);
      },
      broke: () => {
        disconnect();
        wait();
      },
    });
  };

  connect();
  return {
    setAwake: (wanted) => {
      if (wanted === awake) return;
      awake = wanted;
      if (awake) connect();
      else disconnect();
    },
    retryNow: () => {
      if (!awake) return;
      handlers.onState("reconnecting", null);
      connect();
    },
    stop: disconnect,
  };
}

/** Opens a source; once it was closed, nothing of it is heard any more. */
function openOnce<Update>(source: LiveSource<Update>, cursor: string | null, on: SourceNews<Update>): () => void {
  let closed = false;
  const stop = source(cursor, {
    opened: () => closed || on.opened(),
    arrived: (newer, update) => closed || on.arrived(newer, update),
    broke: () => closed || on.broke(),
  });
  return () => {
    closed = true;
    stop();
  };
}
