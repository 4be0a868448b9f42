/** Something a timer runs; a promise is waited for when the clock is moved by hand. */
export type TimerTask = () => void | Promise<void>;

type Timer = { at: number; task: TimerTask };

/** The longest delay that the platform's own timer takes without overflowing, in milliseconds. */
const LONGEST_REAL_DELAY_MS = 2 ** 31 - 1;

/**
 * A clock that ticks with real time and can be moved: rules of 24 hours, 7 days or 30 days run in a test within
 * milliseconds, and a demo that moves nothing simply runs in real time.
 *
 * All times are milliseconds since the Unix epoch. Timers set here fire by themselves when real time reaches them, and
 * in their order, each at its own time, when the clock is moved past them.
 */
export class VirtualClock {
  readonly #ticks: boolean;
  readonly #start: number | undefined;
  #offset = 0;
  #timers = new Set<Timer>();
  #alarm: ReturnType<typeof setTimeout> | undefined;
  #moving: Promise<void> | undefined;
  #stepping = false;

  /**
   * @param start where the clock starts, in ms since the epoch; real time when left out.
   * @param ticks false for a clock that stands still unless it is moved, and whose timers wait for that.
   */
  constructor(start?: number, { ticks = true }: { ticks?: boolean } = {}) {
    this.#ticks = ticks;
    this.#start = start ?? (ticks ? undefined : Date.now());
    this.#standAt(this.#start);
  }

  now(): number {
    return this.#tick() + this.#offset;
  }

  /** Unix time in whole seconds, as Meta writes it. */
  seconds(): number {
    return Math.floor(this.now() / 1000);
  }

  iso(): string {
    return new Date(this.now()).toISOString();
  }

  /** Runs `task` after `delayMs` on this clock. Returns a function that cancels it. */
  after(delayMs: number, task: TimerTask): () => void {
    const timer = { at: this.now() + Math.max(0, delayMs), task };
    this.#timers.add(timer);
    this.#arm();
    return () => {
      this.#timers.delete(timer);
      this.#arm();
    };
  }

  /** Moves the clock on by `ms`. Resolves when every timer on the way has fired and its task has ended. */
  async advance(ms: number): Promise<void> {
    await this.set(this.now() + ms);
  }

  /** Moves the clock to `now` (ms since the epoch). Moving back fires nothing and keeps the timers' times. */
  async set(now: number): Promise<void> {
    const before = this.#moving ?? Promise.resolve();
    const move = before.then(() => this.#moveTo(now));
    // A failing task is the concern of whoever moved the clock, not of the next move in line.
    this.#moving = move.catch(() => undefined);
    await move;
  }

  /** Forgets every timer; the time stays. */
  clearTimers(): void {
    this.#timers.clear();
    this.#arm();
  }

  /** Back to where it started (to real time, if it started there), without timers. */
  reset(): void {
    this.clearTimers();
    this.#standAt(this.#start);
  }

  async #moveTo(target: number): Promise<void> {
    clearTimeout(this.#alarm);
    if (target < this.now()) {
      this.#standAt(target);
      this.#arm();
      return;
    }
    this.#stepping = true;
    try {
      for (let timer = this.#next(); timer !== undefined && timer.at <= target; timer = this.#next()) {
        this.#timers.delete(timer);
        if (timer.at > this.now()) this.#standAt(timer.at);
        await timer.task();
      }
      if (target > this.now()) this.#standAt(target);
    } finally {
      this.#stepping = false;
      this.#arm();
    }
  }

  #tick(): number {
    return this.#ticks ? Date.now() : 0;
  }

  #standAt(now: number | undefined): void {
    this.#offset = now === undefined ? 0 : now - this.#tick();
  }

  #next(): Timer | undefined {
    let first: Timer | undefined;
    for (const timer of this.#timers) if (first === undefined || timer.at < first.at) first = timer;
    return first;
  }

  #arm(): void {
    clearTimeout(this.#alarm);
    this.#alarm = undefined;
    const next = this.#next();
    if (next === undefined || this.#stepping || !this.#ticks) return;
    const delay = Math.min(Math.max(0, next.at - this.now()), LONGEST_REAL_DELAY_MS);
    this.#alarm = setTimeout(() => this.#fireDue(), delay);
    this.#alarm.unref();
  }

  #fireDue(): void {
    const now = this.now();
    const due = [...this.#timers].filter((timer) => timer.at <= now).sort((a, b) => a.at - b.at);
    for (const timer of due) {
      this.#timers.delete(timer);
      void timer.task();
    }
    this.#arm();
  }
}
