import type { VirtualClock } from "../../platform/clock.ts";
import type { Faults, WebhookFault } from "../../platform/faults.ts";
import { CLIENT_SECRET } from "../identity.ts";
import { attempt } from "./delivery.ts";
import type { Delivery, Seal } from "./delivery.ts";
import { webhookEvent } from "./event.ts";
import type { WebhookEvent } from "./event.ts";
import type { Happening } from "./happening.ts";
import { Subscriptions } from "./subscriptions.ts";

const MINUTE_MS = 60_000;
/** Waits between the ten attempts, which are spread over 24 hours. */
const RETRY_DELAYS_MS = [1, 5, 15, 30, 60, 120, 240, 360, 600].map((minutes) => minutes * MINUTE_MS);
/** The most events of one request. */
const MOST_EVENTS = 100;
/** How long events are collected before they are sent. */
const COLLECT_MS = 50;
/** Older than a receiver may believe (HubSpot: five minutes). */
const STALE_MS = 6 * MINUTE_MS;
/** How many requests are under way at once unless the app sets another number. */
export const DEFAULT_CONCURRENCY = 10;

/** Where the app wants its webhooks. Times are ms since the epoch. */
export type WebhookSettings = {
  targetUrl: string;
  maxConcurrentRequests: number;
  createdAt: number;
  updatedAt: number;
};

/**
 * Sends what happens in the portal to the app: at most a hundred events in a request, in no order, signed, ten times in
 * 24 hours until 2xx comes back, and broken on demand. Settings and subscriptions belong to the app and outlive a reset.
 */
export class WebhookSender {
  readonly #clock: VirtualClock;
  readonly #faults: Faults;
  readonly #underWay = new Set<Promise<void>>();
  readonly subscriptions: Subscriptions;
  #settings: WebhookSettings | undefined;
  #lastEventId = 0;
  #collected: WebhookEvent[] = [];
  #deliveries: Delivery[] = [];
  #held: { delivery: Delivery; seal: Seal }[] = [];
  #waitingForSlot: (() => void)[] = [];
  #busy = 0;
  #stop = new AbortController();

  constructor({ clock, faults, targetUrl }: { clock: VirtualClock; faults: Faults; targetUrl?: string | undefined }) {
    this.#clock = clock;
    this.#faults = faults;
    this.subscriptions = new Subscriptions(() => clock.now());
    if (targetUrl !== undefined) this.configure({ targetUrl });
    faults.onRemoval(() => this.#release());
  }

  get settings(): WebhookSettings | undefined {
    return this.#settings;
  }

  configure(change: { targetUrl: string; maxConcurrentRequests?: number | undefined }): WebhookSettings {
    const now = this.#clock.now();
    const { targetUrl, maxConcurrentRequests = DEFAULT_CONCURRENCY } = change;
    this.#settings = { targetUrl, maxConcurrentRequests, createdAt: this.#settings?.createdAt ?? now, updatedAt: now };
    return this.#settings;
  }

  /** From now on nothing is sent. */
  clearSettings(): void {
    this.#settings = undefined;
  }

  /** Tells whoever asked for it. Nothing is kept for an app without a target. */
  publish(happening: Happening): void {
    if (this.#settings === undefined) return;
    const occurredAt = this.#clock.now();
    const isFirst = this.#collected.length === 0;
    for (const subscription of this.subscriptions.matching(happening)) {
      this.#lastEventId += 1;
      this.#collected.push(webhookEvent(happening, subscription, { eventId: this.#lastEventId, occurredAt }));
    }
    if (isFirst && this.#collected.length > 0) this.#clock.after(COLLECT_MS, () => this.#flush());
  }

  /** Everything sent or held so far, in order. */
  deliveries(): readonly Delivery[] {
    return this.#deliveries;
  }

  /** Resolves when nothing is collected any more and no request is under way. */
  async settle(): Promise<void> {
    await this.#flush();
    while (this.#underWay.size > 0) await Promise.all(this.#underWay);
  }

  /** Forgets all deliveries and breaks off what is under way. */
  async reset(): Promise<void> {
    this.#collected = [];
    this.#stop.abort(new Error("the simulator was reset"));
    await Promise.all(this.#underWay);
    this.#stop = new AbortController();
    this.#deliveries = [];
    this.#held = [];
  }

  async #flush(): Promise<void> {
    const events = shuffled(this.#collected);
    this.#collected = [];
    const requests: Promise<void>[] = [];
    for (let start = 0; start < events.length; start += MOST_EVENTS) {
      requests.push(this.#dispatch(events.slice(start, start + MOST_EVENTS)));
    }
    await Promise.all(requests);
  }

  async #dispatch(events: readonly WebhookEvent[]): Promise<void> {
    if (this.#settings === undefined) return;
    const { pathname } = new URL(this.#settings.targetUrl);
    const faults = this.#faults.strikeWebhook({ method: "POST", path: pathname, body: JSON.stringify(events) });
    const kinds = new Set(faults.map(({ kind }) => kind));
    if (kinds.has("lose")) return;
    const seal = sealOf(kinds);
    const copies = faults.reduce((sum, fault) => sum + (fault.kind === "duplicate" ? fault.copies : 0), 1);
    const delay = faults.reduce((sum, fault) => sum + (fault.kind === "delay" ? fault.ms : 0), 0);
    const deliveries = Array.from({ length: copies }, () => this.#record(events));
    for (const fault of faults) {
      if (fault.kind !== "redeliver") continue;
      this.#clock.after(fault.after_ms, () => this.#sendAll([this.#record(events)], seal));
    }
    if (kinds.has("hold")) {
      for (const delivery of deliveries) delivery.state = "held";
      this.#held.push(...deliveries.map((delivery) => ({ delivery, seal })));
    } else if (delay > 0) {
      this.#clock.after(delay, () => this.#sendAll(deliveries, seal));
    } else {
      await this.#sendAll(deliveries, seal);
    }
  }

  #record(events: readonly WebhookEvent[]): Delivery {
    const delivery: Delivery = {
      id: this.#deliveries.length + 1,
      target_url: this.#settings?.targetUrl ?? "",
      state: "waiting",
      created_at: this.#clock.iso(),
      events,
      headers: {},
      body: "",
      attempts: [],
    };
    this.#deliveries.push(delivery);
    return delivery;
  }

  /** Lets go of everything that a lifted rule kept back. */
  #release(): void {
    const held = this.#held;
    this.#held = [];
    for (const { delivery, seal } of held) {
      delivery.state = "waiting";
      void this.#sendAll([delivery], seal);
    }
  }

  async #sendAll(deliveries: readonly Delivery[], seal: Seal): Promise<void> {
    await Promise.all(deliveries.map((delivery) => this.#track(this.#send(delivery, seal))));
  }

  async #track(work: Promise<void>): Promise<void> {
    this.#underWay.add(work);
    await work;
    this.#underWay.delete(work);
  }

  async #send(delivery: Delivery, seal: Seal): Promise<void> {
    const stop = this.#stop.signal;
    await this.#takeSlot();
    try {
      if (stop.aborted) return;
      const tried = await attempt(delivery, { at: this.#clock.iso(), seal, stop });
      delivery.attempts.push(tried);
      if (tried.status !== null && tried.status < 300) delivery.state = "delivered";
      else if (!stop.aborted) this.#retryLater(delivery, seal);
    } finally {
      this.#freeSlot();
    }
  }

  #retryLater(delivery: Delivery, seal: Seal): void {
    const delay = RETRY_DELAYS_MS[delivery.attempts.length - 1];
    if (delay === undefined) delivery.state = "dropped";
    else this.#clock.after(delay, () => this.#sendAll([delivery], seal));
  }

  async #takeSlot(): Promise<void> {
    const slots = this.#settings?.maxConcurrentRequests ?? DEFAULT_CONCURRENCY;
    if (this.#busy < slots) this.#busy += 1;
    else await new Promise<void>((resolve) => this.#waitingForSlot.push(resolve));
  }

  #freeSlot(): void {
    const next = this.#waitingForSlot.shift();
    if (next === undefined) this.#busy -= 1;
    else next();
  }
}

function sealOf(kinds: ReadonlySet<WebhookFault["kind"]>): Seal {
  return {
    secret: kinds.has("wrong_signature") ? `${CLIENT_SECRET}-of-someone-else` : CLIENT_SECRET,
    ageMs: kinds.has("old_signature") ? STALE_MS : 0,
  };
}

/** The same events in an order of chance: HubSpot promises none. */
function shuffled<T>(items: readonly T[]): T[] {
  const mixed = items.map((item) => ({ item, rank: Math.random() }));
  return mixed.sort((a, b) => a.rank - b.rank).map(({ item }) => item);
}
