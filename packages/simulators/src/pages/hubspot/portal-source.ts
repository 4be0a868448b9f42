import { z } from "zod";
import type { RecordType } from "./record-types.ts";

const recordSchema = z.object({
  id: z.string(),
  properties: z.record(z.string(), z.string()),
  display: z.record(z.string(), z.string()),
  created_at: z.string(),
  updated_at: z.string(),
});
const withAssociatedSchema = recordSchema.extend({ associated: z.record(z.string(), z.array(recordSchema)) });
const identitySchema = z.object({ portal_id: z.number(), access_token: z.string() });
const createdSchema = z.object({ id: z.string() });
const refusalSchema = z.object({ message: z.string() });

/** What a person does to a record on its page. */
export const editSchema = z.discriminatedUnion("action", [
  z.strictObject({ action: z.literal("update"), properties: z.record(z.string(), z.string()) }),
  z.strictObject({ action: z.literal("archive") }),
  z.strictObject({ action: z.literal("erase") }),
  z.strictObject({ action: z.literal("merge"), merged_id: z.string().min(1) }),
]);
export type Edit = z.infer<typeof editSchema>;

/** The record as it is called afterwards: a merge makes a new one. `refused` is HubSpot's own reason. */
export type Edited = { ok: true; id: string } | { ok: false; refused: string };

/** A record as the HubSpot simulator describes it. `display` has the values that read otherwise than they are kept. */
export type SourceRecord = z.infer<typeof recordSchema>;
export type SourceRecordWithAssociated = z.infer<typeof withAssociatedSchema>;

/**
 * Reads the portal for the pages, through the simulator's steering: what a person looks at then neither counts against
 * the limits of the API nor uses up the faults that a test has set for it.
 */
export class PortalSource {
  readonly #url: string;
  #identity: z.infer<typeof identitySchema> | undefined;

  /** @param url Address of the HubSpot simulator. */
  constructor(url: string) {
    this.#url = url;
  }

  async portalId(): Promise<number> {
    return (await this.#readIdentity()).portal_id;
  }

  /** All records of a type, oldest first. */
  async list(type: RecordType): Promise<SourceRecord[]> {
    return z.array(recordSchema).parse(await this.#get(`/_sim/objects/${type.name}`));
  }

  /** A record with the records of these types that it is associated with; undefined when it does not exist. */
  async find(
    type: RecordType,
    id: string,
    associated: readonly string[],
  ): Promise<SourceRecordWithAssociated | undefined> {
    const found = await this.#get(`/_sim/objects/${type.name}/${id}?with=${associated.join(",")}`);
    return found === undefined ? undefined : withAssociatedSchema.parse(found);
  }

  /** Saves a note that a person wrote on a record. This is a write like any other, through the API. */
  async addNote(type: RecordType, id: string, html: string): Promise<void> {
    const properties = { hs_note_body: html, hs_timestamp: new Date().toISOString() };
    const note = createdSchema.parse(await this.#write("POST", "/crm/objects/2026-09/notes", { properties }));
    await this.#write("PUT", `/crm/objects/2026-09/notes/${note.id}/associations/default/${type.name}/${id}`);
  }

  /** Does what a person does on the record's page. */
  async edit(type: RecordType, id: string, edit: Edit): Promise<Edited> {
    const response = await fetch(`${this.#url}/_sim/edit`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ ...edit, type: type.name, id }),
    });
    const body: unknown = await response.json();
    if (response.ok) return { ok: true, id: createdSchema.parse(body).id };
    return { ok: false, refused: refusalSchema.safeParse(body).data?.message ?? `HubSpot answered ${response.status}` };
  }

  async #readIdentity(): Promise<z.infer<typeof identitySchema>> {
    this.#identity ??= identitySchema.parse(await this.#get("/_sim/identity"));
    return this.#identity;
  }

  async #write(method: string, path: string, body?: unknown): Promise<unknown> {
    const { access_token } = await this.#readIdentity();
    const response = await fetch(this.#url + path, {
      method,
      headers: { authorization: `Bearer ${access_token}`, "content-type": "application/json" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    if (!response.ok) throw new Error(`the HubSpot simulator answered ${response.status} to ${method} ${path}`);
    return response.json();
  }

  async #get(path: string): Promise<unknown> {
    const response = await fetch(this.#url + path);
    if (response.status === 404) return undefined;
    if (!response.ok) throw new Error(`the HubSpot simulator answered ${response.status} to ${path}`);
    return response.json();
  }
}
