import type { VirtualClock } from "../../platform/clock.ts";
import type { Faults, WebhookFault } from "../../platform/faults.ts";
import type { State } from "../state.ts";
import { altered } from "./alterations.ts";
import { attempt, createDelivery } from "./delivery.ts";
import type { Delivery } from "./delivery.ts";
import { webhookBody } from "./envelope.ts";
import type { Update } from "./envelope.ts";
import { routesOf } from "./route.ts";
import type { Route } from "./route.ts";
import { asOfVersion } from "./versions.ts";

const SECOND_MS = 1000;
const HOUR_MS = 3600 * SECOND_MS;
/** Waits between tries; the last one repeats. Meta: at once, then with decreasing frequency. */
const RETRY_DELAYS_MS = [
  ...[0, 2, 5, 15, 60, 300, 900].map((seconds) => seconds * SECOND_MS),
  ...[1, 3, 6, 12, 24].map((hours) => hours * HOUR_MS),
];
/** After this time without a 200 a webhook is dropped (WhatsApp overview page: 7 days). */
const RETRY_HORIZON_MS = 7 * 24 * HOUR_MS;
/** How many POSTs are under way at once. */
const CONCURRENT_POSTS = 50;
/** The most bytes of one POST. */
const MOST_BYTES = 3 * 1024 * 1024;

type Collected = { route: Route; updates: Update[]; bytes: number };

/** Sends news to the subscribed apps: signed, concurrent, repeated until 200 or for seven days, and broken on demand. */
export class WebhookDispatcher {
  readonly #clock: VirtualClock;
  readonly #faults: Faults;
  readonly #state: () => State;
  readonly #underWay = new Set<Promise<void>>();
  #deliveries: Delivery[] = [];
  #held: Delivery[] = [];
  #overtaken = new Map<string, Delivery[]>();
  #batches = new Map<string, Collected>();
  #waitingForSlot: (() => void)[] = [];
  #busy = 0;
  #stop = new AbortController();

  constructor(parts: { clock: VirtualClock; faults: Faults; state: () => State }) {
    this.#clock = parts.clock;
    this.#faults = parts.faults;
    this.#state = parts.state;
    this.#faults.onRemoval(() => this.#release());
  }

  /** Sends one update to everyone concerned. Resolves after the first try of each; never rejects for an answer. */
  async publish(update: Update): Promise<void> {
    await Promise.all(routesOf(this.#state(), update).map((route) => this.#dispatch(route, update)));
  }

  /** Everything sent or held so far, in order. */
  deliveries(): readonly Delivery[] {
    return this.#deliveries;
  }

  /** Resolves when no POST is under way. */
  async settle(): Promise<void> {
    while (this.#underWay.size > 0) await Promise.all(this.#underWay);
  }

  /** Forgets all deliveries and breaks off what is under way. */
  async reset(): Promise<void> {
    this.#stop.abort(new Error("the simulator was reset"));
    await Promise.all(this.#underWay);
    this.#stop = new AbortController();
    this.#deliveries = [];
    this.#held = [];
    this.#overtaken.clear();
    this.#batches.clear();
  }

  async #dispatch(route: Route, update: Update): Promise<void> {
    const shaped = asOfVersion(this.#state(), update, route.app.subscription.version);
    const body = webhookBody([shaped]);
    const faults = this.#faults.strikeWebhook({ method: "POST", path: new URL(route.callbackUrl).pathname, body });
    const updates = altered(this.#state(), shaped, faults);
    const batch = faults.find((fault) => fault.kind === "batch");
    if (updates.length === 0 || faults.some(({ kind }) => kind === "lose")) return;
    if (batch === undefined) return this.#launch(route, updates, faults);
    for (const full of this.#collect(route, updates, batch.size)) await this.#launch(route, full, faults);
  }

  /** Adds to the batch of a callback; returns the batches that are full by that. */
  #collect(route: Route, updates: Update[], size: number): Update[][] {
    const key = keyOf(route);
    const full: Update[][] = [];
    for (const update of updates) {
      const bytes = webhookBody([update]).length;
      const before = this.#batches.get(key);
      if (before !== undefined && before.bytes + bytes > MOST_BYTES) {
        full.push(before.updates);
        this.#batches.delete(key);
      }
      const batch = this.#batches.get(key) ?? { route, updates: [], bytes: 0 };
      batch.updates.push(update);
      batch.bytes += bytes;
      this.#batches.set(key, batch);
      if (batch.updates.length < size) continue;
      full.push(batch.updates);
      this.#batches.delete(key);
    }
    return full;
  }

  async #launch(route: Route, updates: Update[], faults: WebhookFault[]): Promise<void> {
    const kinds = new Set(faults.map((fault) => fault.kind));
    const copies = faults.reduce((sum, fault) => sum + (fault.kind === "duplicate" ? fault.copies : 0), 1);
    const delay = faults.reduce((sum, fault) => sum + (fault.kind === "delay" ? fault.ms : 0), 0);
    const body = webhookBody(updates, { rawUtf8: kinds.has("raw_utf8") });
    const record = () => this.#record(route, body, secretOf(route, kinds));
    const deliveries = Array.from({ length: copies }, record);
    for (const fault of faults) {
      if (fault.kind === "redeliver") this.#clock.after(fault.after_ms, () => this.#sendAll([record()]));
    }
    if (kinds.has("hold")) {
      for (const delivery of deliveries) delivery.state = "held";
      this.#held.push(...deliveries);
    } else if (kinds.has("reorder") && !this.#overtaken.has(keyOf(route))) {
      this.#overtaken.set(keyOf(route), deliveries);
    } else if (delay > 0) {
      this.#clock.after(delay, () => this.#sendAll(deliveries));
    } else {
      await this.#sendAll(deliveries);
      await this.#sendAll(this.#takeOvertaken(keyOf(route)));
    }
  }

  #record(route: Route, body: string, secret: string): Delivery {
    const facts = { id: this.#deliveries.length + 1, createdAt: this.#clock.iso(), body, secret };
    const delivery = createDelivery(facts, route);
    this.#deliveries.push(delivery);
    return delivery;
  }

  #takeOvertaken(key: string): Delivery[] {
    const deliveries = this.#overtaken.get(key) ?? [];
    this.#overtaken.delete(key);
    return deliveries;
  }

  /** Lets go of everything that a lifted rule kept back. */
  #release(): void {
    const held = this.#held;
    this.#held = [];
    for (const delivery of held) delivery.state = "waiting";
    const overtaken = [...this.#overtaken.keys()].flatMap((key) => this.#takeOvertaken(key));
    void this.#sendAll([...held, ...overtaken]);
    const batches = [...this.#batches.values()];
    this.#batches.clear();
    for (const { route, updates } of batches) void this.#launch(route, updates, []);
  }

  async #sendAll(deliveries: Delivery[]): Promise<void> {
    await Promise.all(deliveries.map((delivery) => this.#track(this.#send(delivery))));
  }

  async #track(work: Promise<void>): Promise<void> {
    this.#underWay.add(work);
    await work;
    this.#underWay.delete(work);
  }

  async #send(delivery: Delivery): Promise<void> {
    const stop = this.#stop.signal;
    await this.#takeSlot();
    try {
      if (stop.aborted) return;
      const tried = await attempt(delivery, this.#clock.iso(), stop);
      delivery.attempts.push(tried);
      if (tried.status === 200) delivery.state = "delivered";
      else if (!stop.aborted) this.#retryLater(delivery);
    } finally {
      this.#freeSlot();
    }
  }

  #retryLater(delivery: Delivery): void {
    const delay = RETRY_DELAYS_MS[Math.min(delivery.attempts.length, RETRY_DELAYS_MS.length) - 1] ?? SECOND_MS;
    const next = this.#clock.now() + delay;
    if (next - new Date(delivery.created_at).getTime() > RETRY_HORIZON_MS) delivery.state = "dropped";
    else this.#clock.after(delay, () => this.#sendAll([delivery]));
  }

  async #takeSlot(): Promise<void> {
    if (this.#busy < CONCURRENT_POSTS) this.#busy += 1;
    else await new Promise<void>((resolve) => this.#waitingForSlot.push(resolve));
  }

  #freeSlot(): void {
    const next = this.#waitingForSlot.shift();
    if (next === undefined) this.#busy -= 1;
    else next();
  }
}

function secretOf({ app }: Route, kinds: ReadonlySet<WebhookFault["kind"]>): string {
  if (kinds.has("wrong_signature")) return `${app.secret}-of-someone-else`;
  return kinds.has("old_signature") ? (app.previousSecret ?? `${app.secret}-of-before`) : app.secret;
}

function keyOf(route: Route): string {
  return `${route.app.id} ${route.callbackUrl}`;
}
