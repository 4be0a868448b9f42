import { z } from "zod";
import { readRecordId } from "../../salesforce/record-id.ts";
import type { SObject } from "../../salesforce/record-store.ts";
import type { SalesforceSimulator } from "../../salesforce/start.ts";
import { findObject } from "./layouts.ts";
import type { ObjectName } from "./lightning-view.ts";

const refusalSchema = z.array(z.object({ message: z.string() })).min(1);

/** A record of an object that has pages. */
export type PagedRecord = { object: ObjectName; record: SObject };

/**
 * What became of a person's wish to change something. `id`: of another record that it led to; `refused`: Salesforce's own
 * reason.
 */
export type Written = { ok: true; id: string | null } | { ok: false; refused: string };

/**
 * Reads the org for the pages, past its API: what a person looks at then neither counts against the limits nor uses up the
 * faults that a test has set. What a person changes goes through the API as the administrator, like any other write; what
 * the API cannot do goes through the simulator's steering.
 */
export class OrgSource {
  readonly #simulator: SalesforceSimulator;

  constructor(simulator: SalesforceSimulator) {
    this.#simulator = simulator;
  }

  /** The record of an id of 15 or 18 characters; undefined when there is none, or none with a page. */
  find(given: string): PagedRecord | undefined {
    const { schema, records } = this.#simulator.org;
    const id = readRecordId(given);
    const type = id === undefined ? undefined : schema.ofId(id);
    const object = type === undefined ? undefined : findObject(type.name);
    const record = id === undefined || type === undefined ? undefined : records.live(type, id);
    return object === undefined || record === undefined ? undefined : { object, record };
  }

  /** All records of an object, oldest first. */
  list(object: string): SObject[] {
    const { schema, records } = this.#simulator.org;
    const type = schema.find(object);
    return type === undefined ? [] : records.all(type);
  }

  /** Records of an object one of whose fields has this id. Fields and objects that the org lacks match nothing. */
  below(object: string, fields: readonly string[], id: string): SObject[] {
    return this.list(object).filter(({ values }) => fields.some((name) => values[name] === id));
  }

  /** The name that people know a record of any object by; undefined when there is no such record. */
  nameOf(id: string): string | undefined {
    const { schema, records } = this.#simulator.org;
    const type = schema.ofId(id);
    const record = type === undefined ? undefined : records.live(type, id);
    const nameField = type?.fields.find((field) => field.nameField);
    return record === undefined || nameField === undefined ? undefined : String(record.values[nameField.name] ?? "");
  }

  /** Changes or deletes through the REST API. `path` begins below the version. */
  write(method: "PATCH" | "DELETE", path: string, body?: unknown): Promise<Written> {
    return this.#send(method, `/services/data/v67.0${path}`, body);
  }

  /** Makes one record out of two: `winner` lives on. */
  merge({ object, record }: PagedRecord, loser: string): Promise<Written> {
    return this.#send("POST", "/_sim/merge", { object, winner: record.id, losers: [loser] });
  }

  /** Makes a contact of a new account out of a lead; answers the contact's id. */
  async convert({ record }: PagedRecord): Promise<Written> {
    const converted = await this.#send("POST", "/_sim/convert-lead", { lead: record.id });
    if (!converted.ok) return converted;
    const { records } = this.#simulator.org;
    return { ok: true, id: String(records.find(record.type, record.id)?.values["ConvertedContactId"]) };
  }

  async #send(method: string, path: string, body: unknown): Promise<Written> {
    const { url, identity } = this.#simulator;
    const response = await fetch(url + path, {
      method,
      headers: { authorization: `Bearer ${identity.access_token}`, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (response.ok) return { ok: true, id: null };
    const refusal = refusalSchema.safeParse(await response.json());
    return { ok: false, refused: refusal.data?.[0]?.message ?? `Salesforce answered ${response.status}` };
  }
}
