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
