import { consentPurposes, foldConsent, type ConsentPurpose } from "@aparte/core/consent.ts";
import type { CrmName, RecordType } from "@aparte/core/crm-record.ts";
import { sql } from "drizzle-orm";
import { loadEntries, type LedgerEntry } from "../consent/entries.ts";
import { isoTime } from "../platform/columns.ts";
import { rows, type Tx } from "../platform/db.ts";
import { Colleagues } from "./colleagues.ts";
import { samePerson } from "../contacts/same-person.ts";

/** `person.json` of a copy; `person.schema.json` beside it describes it for other programs. Times in ISO 8601. */
export type PersonFile = {
  readonly $schema: "person.schema.json";
  readonly formatVersion: 1;
  readonly generatedAt: string;
  /** Name of the firm that answers for the data. */
  readonly controller: string;
  readonly person: {
    readonly id: string;
    readonly name: string | null;
    readonly profileName: string | null;
    /** E.164. */
    readonly number: string | null;
    readonly whatsappIds: readonly string[];
    readonly knownSince: string;
  };
  readonly restrictedSince: string | null;
  readonly heldSince: string | null;
  readonly consent: Readonly<Record<ConsentPurpose, { readonly state: string; readonly since: string | null }>>;
  readonly records: readonly {
    readonly crm: CrmName;
    readonly account: string;
    readonly type: RecordType;
    readonly id: string;
    readonly timeZone: string | null;
    readonly linkedSince: string;
    readonly because: string;
  }[];
  readonly conversations: readonly { readonly with: string; readonly since: string; readonly messages: number }[];
  readonly files: readonly {
    /** Path in the copy; null for a file whose bytes are not here. */
    readonly path: string | null;
    readonly name: string | null;
    readonly type: string;
    readonly bytes: number | null;
  }[];
};

/** A file of the person's conversations or proofs, and where it stands in the copy. */
export type CopyFile = PersonFile["files"][number] & { readonly id: string; readonly storeKey: string | null };

/** Everything that is needed to write a copy, apart from what comes in pages. */
export type Subject = {
  readonly workspaceId: string;
  /** The contact, and those that became part of it. */
  readonly contactIds: readonly string[];
  readonly file: PersonFile;
  readonly files: readonly CopyFile[];
  readonly entries: readonly LedgerEntry[];
  /** Our number of each conversation. */
  readonly channels: ReadonlyMap<string, string>;
  readonly colleagues: Colleagues;
};

type Place = { readonly workspaceId: string; readonly contactId: string };
type Row<T> = T & Record<string, unknown>;

/** Reads what is known of a person; null when there is no such contact. For the system role. */
export async function loadSubject(tx: Tx, { workspaceId, contactId }: Place, now: Date): Promise<Subject | null> {
  type Known = Omit<PersonFile["person"], "number" | "whatsappIds"> & { waId: string | null; firm: string };
  const [known] = await tx.execute<
    Row<Known & { restrictedSince: string | null; heldSince: string | null; bsuids: readonly string[] }>
  >(sql`
    select c.id, c.name, c.profile_name as "profileName", c.wa_id as "waId", c.created_at as "knownSince", w.name as firm,
      c.restricted_at as "restrictedSince", c.held_at as "heldSince", array(
        select b.bsuid from contacts_bsuids b where b.workspace_id = c.workspace_id and b.contact_id = c.id order by 1) as bsuids
    from contacts c join workspaces w on w.workspace_id = c.workspace_id
    where c.workspace_id = ${workspaceId} and c.id = ${contactId} and c.merged_into is null`);
  if (!known) return null;
  const contactIds = await tx.execute<{ id: string }>(sql`
    select unnest(${samePerson({ workspaceId, contactId })}) as id`);
  const ids = contactIds.map(({ id }) => id);
  const entries = await loadEntries(tx, workspaceId, contactId);
  const conversations = await loadConversations(tx, workspaceId, ids);
  const files = await loadFilesOf(tx, workspaceId, ids, entries);
  const { id, name, profileName, waId, bsuids, firm } = known;
  const iso = (time: string | null) => time && isoTime(time);
  return {
    workspaceId,
    contactIds: ids,
    entries,
    files,
    channels: new Map(conversations.map((one) => [one.id, one.with])),
    colleagues: new Colleagues(await loadNames(tx)),
    file: {
      $schema: "person.schema.json",
      formatVersion: 1,
      generatedAt: now.toISOString(),
      controller: firm,
      person: {
        id,
        name,
        profileName,
        number: waId === null ? null : `+${waId}`,
        whatsappIds: bsuids,
        knownSince: isoTime(known.knownSince),
      },
      restrictedSince: iso(known.restrictedSince),
      heldSince: iso(known.heldSince),
      consent: consentOf(entries, now),
      records: await loadRecordsOf(tx, workspaceId, contactId),
      conversations: conversations.map(({ with: ours, since, messages }) => ({
        with: ours,
        since: isoTime(since),
        messages,
      })),
      files: files.map(({ path, name: fileName, type, bytes }) => ({ path, name: fileName, type, bytes })),
    },
  };
}

function consentOf(entries: readonly LedgerEntry[], now: Date): PersonFile["consent"] {
  const view = foldConsent(entries, { now, channelId: null });
  const shown = consentPurposes.map((purpose) => {
    const state = view[purpose];
    return [purpose, { state: state.state, since: "by" in state ? state.by.occurredAt : null }] as const;
  });
  return Object.fromEntries(shown) as PersonFile["consent"];
}

type Conversation = PersonFile["conversations"][number] & { readonly id: string };

function loadConversations(tx: Tx, workspaceId: string, ids: readonly string[]): Promise<Conversation[]> {
  return tx.execute<Row<Conversation>>(sql`
    select v.id, n.display_phone_number as "with", v.created_at as since, (
      select count(*)::int from messaging_messages m where m.workspace_id = v.workspace_id and m.conversation_id = v.id
        and m.about_wamid is null) as messages
    from messaging_conversations v join channels n on n.workspace_id = v.workspace_id and n.id = v.channel_id
    where v.workspace_id = ${workspaceId} and v.contact_id in (${listOf(ids)}) order by v.created_at`);
}

async function loadRecordsOf(tx: Tx, workspaceId: string, contactId: string): Promise<PersonFile["records"]> {
  const found = await tx.execute<Row<PersonFile["records"][number]>>(sql`
    select c.crm, c.account, l.record_type as type, l.record_id as id, rec.time_zone as "timeZone",
      l.linked_at as "linkedSince", l.reason as because
    from crm_links l join crm_connections c on c.workspace_id = l.workspace_id and c.id = l.connection_id
    left join crm_records rec on rec.workspace_id = l.workspace_id and rec.connection_id = l.connection_id
      and rec.record_type = l.record_type and rec.record_id = l.record_id
    where l.workspace_id = ${workspaceId} and l.contact_id = ${contactId} and l.role = 'person' and not l.excluded
    order by c.crm, l.linked_at`);
  return found.map((record) => ({ ...record, linkedSince: isoTime(record.linkedSince) }));
}

type FileRow = { id: string; name: string | null; type: string; bytes: number | null; storeKey: string | null };

async function loadFilesOf(
  tx: Tx,
  workspaceId: string,
  contactIds: readonly string[],
  entries: readonly LedgerEntry[],
): Promise<CopyFile[]> {
  const proofs = entries.flatMap(({ evidence }) => evidence["fileId"] ?? []);
  const found = await tx.execute<FileRow>(sql`
    select f.id, f.file_name as name, f.mime_type as type, f.size::float8 as bytes,
      case when f.state = 'ready' then f.store_key end as "storeKey"
    from media_files f where f.workspace_id = ${workspaceId} and (f.id in (${listOf(proofs, sql`text`)}) or f.id in (
      select unnest(m.files) from messaging_messages m
      join messaging_conversations v on v.workspace_id = m.workspace_id and v.id = m.conversation_id
      where m.workspace_id = ${workspaceId} and v.contact_id in (${listOf(contactIds)}) and m.files <> '{}'))
    order by f.created_at, f.id`);
  return found.map((row, place) => ({
    ...row,
    path:
      row.storeKey === null ? null : `media/${String(place + 1).padStart(4, "0")}${extensionOf(row.name, row.type)}`,
  }));
}

/** Of what a file is called, only a harmless ending goes into its path: the name itself stands in person.json. */
function extensionOf(name: string | null, type: string): string {
  const given = /\.[A-Za-z0-9]{1,8}$/.exec(name ?? "")?.[0];
  const [, subtype = ""] = /^[a-z]+\/([a-z0-9]{2,5})\b/.exec(type) ?? [];
  return given ?? (subtype === "" ? "" : `.${subtype}`);
}

async function loadNames(tx: Tx): Promise<ReadonlyMap<string, string>> {
  const found = await tx.execute<{ id: string; name: string }>(sql`select id, name from identity_users`);
  return new Map(found.map(({ id, name }) => [id, name]));
}

/** A list of ids to compare with. */
export function listOf(ids: readonly string[], type = sql`uuid`) {
  return sql`select r.id from jsonb_to_recordset(${rows(ids.map((id) => ({ id })))}) as r(id ${type})`;
}
