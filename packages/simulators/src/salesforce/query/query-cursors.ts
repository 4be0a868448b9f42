import { SalesforceError } from "../salesforce-error.ts";
import type { VirtualClock } from "../../platform/clock.ts";
import type { RecordIds } from "../record-id.ts";
import type { Shown } from "./shown.ts";

/** How long the rest of an answer can be fetched. */
const KEPT_MS = 48 * 3_600_000;
const KEY_PREFIX = "0r8";

/** The rest of one answer: who may fetch it, in pages of how many. */
type Kept = { records: readonly Shown[]; pageSize: number; userId: string; until: number };

/** A page of an answer, with the way to the next one where there is one. */
export type Page = { totalSize: number; done: boolean; nextRecordsUrl?: string; records: readonly Shown[] };

/** Answers that did not fit into one page. */
export class QueryCursors {
  readonly #clock: VirtualClock;
  readonly #ids: RecordIds;
  readonly #kept = new Map<string, Kept>();

  constructor(clock: VirtualClock, ids: RecordIds) {
    this.#clock = clock;
    this.#ids = ids;
  }

  /** The first page; keeps the rest for this user. */
  begin(
    found: { totalSize: number; records: readonly Shown[] },
    asked: { pageSize: number; userId: string; version: string },
  ): Page {
    const { records, totalSize } = found;
    if (records.length <= asked.pageSize) return { totalSize, done: true, records };
    const locator = this.#ids.next(KEY_PREFIX);
    const { pageSize, userId } = asked;
    this.#kept.set(locator, { records, pageSize, userId, until: this.#clock.now() + KEPT_MS });
    return this.#page(locator, { from: 0, ...asked });
  }

  /** The page that a cursor (`0r8…-2000`) names. Refuses (400 INVALID_QUERY_LOCATOR) what is no one's or another's. */
  next(cursor: string, asked: { userId: string; version: string }): Page {
    const [, locator = "", from] = /^(\w+)-(\d+)$/u.exec(cursor) ?? [];
    const kept = this.#kept.get(locator);
    const isTheirs = kept !== undefined && kept.userId === asked.userId && kept.until > this.#clock.now();
    if (!isTheirs || Number(from) >= kept.records.length) throw invalidLocator();
    return this.#page(locator, { from: Number(from), version: asked.version });
  }

  #page(locator: string, { from, version }: { from: number; version: string }): Page {
    const kept = this.#kept.get(locator);
    if (kept === undefined) throw invalidLocator();
    const end = from + kept.pageSize;
    const records = kept.records.slice(from, end);
    const totalSize = kept.records.length;
    if (end >= totalSize) return { totalSize, done: true, records };
    return { totalSize, done: false, nextRecordsUrl: `/services/data/v${version}/query/${locator}-${end}`, records };
  }
}

function invalidLocator(): SalesforceError {
  return new SalesforceError(400, "INVALID_QUERY_LOCATOR", "invalid query locator");
}
