import type { Faults, WebhookFault } from "../../platform/faults.ts";
import { CLIENT_SECRET } from "../identity.ts";
import type { Org } from "../org.ts";
import { changeEvent, changeOf, mergeChanges, newTransactionKey } from "./change-event.ts";
import type { Change, ChangeEvent } from "./change-event.ts";
import { attempt } from "./delivery.ts";
import type { Delivery, Seal } from "./delivery.ts";

const MINUTE_MS = 60_000;
/** Waits between attempts; what is not taken until the last is gone, as events are after 72 hours. */
const RETRY_DELAYS_MS = [1, 5, 30, 120, 480, 1_440, 2_160].map((minutes) => minutes * MINUTE_MS);
/** Events of one moment go out together. */
const COLLECT_MS = 50;
/** Older than a receiver may believe. */
const STALE_MS = 6 * MINUTE_MS;

/** Objects for which Change Data Capture is switched on: an org has five without the add-on. */
export const DEFAULT_ENTITIES: readonly string[] = ["Account", "Contact", "Lead", "Opportunity", "Case"];

/** Where events go, and of which objects. */
export type RelaySettings = { targetUrl: string | null; entities: readonly string[] };

/**
 * Stands for the customer's own relay of Change Data Capture: Salesforce publishes events on a bus, and whoever
 * subscribes there passes them on, signed with the app's secret, until they are taken. Its settings outlive a reset.
 */
export class ChangeRelay {
  readonly #org: Org;
  readonly #faults: Faults;
  readonly #underWay = new Set<Promise<void>>();
  settings: RelaySettings = { targetUrl: null, entities: DEFAULT_ENTITIES };
  #transaction: Change[] = [];
  #collected: ChangeEvent[] = [];
  #deliveries: Delivery[] = [];
  #lastReplayId = 0;
  #stop = new AbortController();

  constructor(org: Org, faults: Faults) {
    this.#org = org;
    this.#faults = faults;
    org.onNote((kind, facts) => {
      const change = changeOf(kind, facts);
      if (change !== undefined) this.publish(change);
    });
  }

  /** Takes a change up. All of one call to the API, which is answered at once, are one transaction. */
  publish(change: Change): void {
    if (this.settings.targetUrl === null || !this.settings.entities.includes(change.entity)) return;
    this.#transaction.push(change);
    if (this.#transaction.length === 1) queueMicrotask(() => this.#commit());
  }

  deliveries(): readonly Delivery[] {
    return this.#deliveries;
  }

  /** Resolves when nothing is collected any more and no request is under way. */
  async settle(): Promise<void> {
    this.#commit();
    this.#flush();
    while (this.#underWay.size > 0) await Promise.all(this.#underWay);
  }

  /** Forgets all deliveries and breaks off what is under way. */
  async reset(): Promise<void> {
    this.#transaction = [];
    this.#collected = [];
    this.#stop.abort(new Error("the simulator was reset"));
    await Promise.all(this.#underWay);
    this.#stop = new AbortController();
    this.#deliveries = [];
  }

  #commit(): void {
    const changes = mergeChanges(this.#transaction);
    this.#transaction = [];
    const transactionKey = newTransactionKey();
    const isFirst = this.#collected.length === 0;
    for (const [index, change] of changes.entries()) {
      this.#lastReplayId += 1;
      const now = this.#org.clock.now();
      const at = { replayId: this.#lastReplayId, sequenceNumber: index + 1, transactionKey, now };
      this.#collected.push(changeEvent(change, at));
    }
    if (isFirst && changes.length > 0) this.#org.clock.after(COLLECT_MS, () => this.#flush());
  }

  #flush(): void {
    const events = this.#collected;
    const { targetUrl } = this.settings;
    this.#collected = [];
    if (events.length === 0 || targetUrl === null) return;
    const path = new URL(targetUrl).pathname;
    const faults = this.#faults.strikeWebhook({ method: "POST", path, body: JSON.stringify(events) });
    const kinds = new Set(faults.map(({ kind }) => kind));
    if (kinds.has("lose")) return;
    const copies = faults.reduce((sum, fault) => sum + (fault.kind === "duplicate" ? fault.copies : 0), 1);
    const delay = faults.reduce((sum, fault) => sum + (fault.kind === "delay" ? fault.ms : 0), 0);
    for (let copy = 0; copy < copies; copy += 1) this.#send(this.#record(targetUrl, events), sealOf(kinds), delay);
    for (const fault of faults) {
      if (fault.kind === "redeliver") this.#send(this.#record(targetUrl, events), sealOf(kinds), fault.after_ms);
    }
  }

  #record(targetUrl: string, events: readonly ChangeEvent[]): Delivery {
    const delivery: Delivery = {
      id: this.#deliveries.length + 1,
      target_url: targetUrl,
      state: "waiting",
      created_at: this.#org.clock.iso(),
      events,
      attempts: [],
    };
    this.#deliveries.push(delivery);
    return delivery;
  }

  #send(delivery: Delivery, seal: Seal, delayMs: number): void {
    if (delayMs > 0) this.#org.clock.after(delayMs, () => this.#track(this.#try(delivery, seal)));
    else void this.#track(this.#try(delivery, seal));
  }

  async #track(work: Promise<void>): Promise<void> {
    this.#underWay.add(work);
    await work;
    this.#underWay.delete(work);
  }

  async #try(delivery: Delivery, seal: Seal): Promise<void> {
    const stop = this.#stop.signal;
    const tried = await attempt(delivery, { at: this.#org.clock.iso(), seal, stop });
    delivery.attempts.push(tried);
    if (tried.status !== null && tried.status < 300) {
      delivery.state = "delivered";
      return;
    }
    if (stop.aborted) return;
    const delay = RETRY_DELAYS_MS[delivery.attempts.length - 1];
    if (delay === undefined) delivery.state = "dropped";
    else this.#send(delivery, seal, delay);
  }
}

function sealOf(kinds: ReadonlySet<WebhookFault["kind"]>): Seal {
  return {
    secret: kinds.has("wrong_signature") ? `${CLIENT_SECRET}-of-someone-else` : CLIENT_SECRET,
    ageMs: kinds.has("old_signature") ? STALE_MS : 0,
  };
}
