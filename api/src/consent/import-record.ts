import { sql } from "drizzle-orm";
import { ensureContacts } from "../contacts/service.ts";
import { rows, type Tx } from "../platform/db.ts";
import { appendEntries, type NewEntry } from "./append.ts";
import type { ClaimedImport } from "./import-claim.ts";
import { erased, keptOut, type JudgedRow, type Keys } from "./import-judge.ts";
import { forgottenAmong, knownPrints, optedOutAmong } from "./import-lookups.ts";
import { outcomeOf, type ReadRow, type ReadingOf } from "./import-row.ts";

/** A row of somebody who is known by now. */
type Placed = ReadRow & { readonly contactId: string };
type Understood = Placed & { readonly facts: NonNullable<ReadRow["facts"]> };

/**
 * Writes a batch of rows into the ledger: people who are not known become contacts, evidence that is known adds nothing, and what
 * each row became is read from where its person stands afterwards. Running a batch twice writes it once.
 */
export async function recordRows(
  tx: Tx,
  claimed: ClaimedImport,
  read: readonly ReadRow[],
  { expiryIn, keys }: { readonly expiryIn: ReadingOf["expiryIn"]; readonly keys: Keys },
): Promise<JudgedRow[]> {
  const { workspaceId, kind } = claimed;
  const waIds = [...new Set(read.flatMap(({ waId }) => waId ?? []))];
  const forgotten = await forgottenAmong(tx, workspaceId, waIds, keys.fingerprint);
  const contacts = await ensured(
    tx,
    claimed,
    waIds.filter((waId) => !forgotten.has(waId)),
    keys,
  );
  const placed = read.map((row) => ({ ...row, contactId: contacts.get(row.waId ?? "") ?? null }));
  const understood = placed.filter((row): row is Understood => row.facts !== null && row.contactId !== null);
  const added =
    kind === "consents"
      ? await recordConsents(tx, claimed, understood, { expiryIn, keys })
      : await recordStops(tx, claimed, understood);
  const optedOut = await optedOutAmong(tx, workspaceId, [...contacts.values()]);
  return placed.map((row) => {
    if (row.waId !== null && forgotten.has(row.waId)) return erased(row, kind);
    const { facts, contactId } = row;
    if (facts === null || contactId === null) return { ...row, outcome: outcomeOf(row.reasons) };
    if (!added.has(row.line)) return { ...row, outcome: "duplicate" };
    const saysNo = facts.purposes.some((purpose) => optedOut.has(contactId, purpose, facts.channelId));
    return kind === "consents" && saysNo ? keptOut(row, contactId) : { ...row, outcome: "recorded" };
  });
}

/** A quarantined person becomes a contact as well: what they begin themselves, and what an order needs, may be answered. */
async function ensured(
  tx: Tx,
  { workspaceId }: ClaimedImport,
  waIds: readonly string[],
  { fingerprint }: Keys,
): Promise<Map<string, string>> {
  const said = { workspaceId, bsuid: null, portfolioId: "", at: null, previous: null, profileName: null };
  const { ids } = await ensureContacts(
    tx,
    waIds.map((waId) => ({ ...said, waId })),
    fingerprint,
  );
  return new Map(waIds.map((waId, place) => [waId, ids[place] ?? ""]));
}

/** @returns the lines that told something new. */
async function recordConsents(
  tx: Tx,
  { workspaceId, id, sha256, actor }: ClaimedImport,
  list: readonly Understood[],
  { expiryIn, keys }: { readonly expiryIn: ReadingOf["expiryIn"]; readonly keys: Keys },
): Promise<Set<number>> {
  const told = list.flatMap((row) =>
    row.facts.purposes.map((purpose) => ({
      row,
      purpose,
      print: keys.print(workspaceId, row.contactId, purpose, row.facts),
    })),
  );
  const known = await knownPrints(
    tx,
    workspaceId,
    told.map(({ print }) => print),
  );
  const fresh = [...new Map(told.toReversed().map((one) => [one.print, one])).values()].filter(
    ({ print }) => !known.has(print),
  );
  const keyed = fresh.map((one) => ({ ...one, sourceKey: `import ${id} ${one.print}` }));
  await appendEntries(
    tx,
    keyed.map(({ row: { line, waId, contactId, facts }, purpose, sourceKey }) => ({
      workspaceId,
      contactId,
      purpose,
      sourceKey,
      actor,
      annuls: null,
      channelId: facts.channelId,
      occurredAt: facts.occurredAt,
      wording: facts.wording,
      language: facts.language,
      action: "imported",
      method: "import",
      expiresAt: expiryIn(waId)(purpose, facts.occurredAt),
      evidence: { import: id, file: sha256, line: String(line), method: facts.method, source: facts.source },
    })),
  );
  await tx.execute(sql`
    insert into consent_import_evidence (workspace_id, print, import_id, entry_id)
    select ${workspaceId}, r.print, ${id}, e.id
    from jsonb_to_recordset(${rows(keyed.map(({ print, sourceKey }) => ({ print, sourceKey })))}) as r(print text, "sourceKey" text)
    join consent_entries e on e.workspace_id = ${workspaceId} and e.source_key = r."sourceKey"
    on conflict (workspace_id, print) do nothing`);
  return new Set(fresh.map(({ row }) => row.line));
}

/** A stop is written once for each person: whoever has stopped already needs no second one. */
async function recordStops(
  tx: Tx,
  { workspaceId, id, sha256, actor }: ClaimedImport,
  list: readonly Understood[],
): Promise<Set<number>> {
  const optedOut = await optedOutAmong(
    tx,
    workspaceId,
    list.map(({ contactId }) => contactId),
  );
  const once = new Map(list.toReversed().map((row) => [`${row.contactId} ${row.facts.channelId}`, row]));
  const fresh = [...once.values()].filter(
    ({ contactId, facts }) => !facts.purposes.every((purpose) => optedOut.has(contactId, purpose, facts.channelId)),
  );
  await appendEntries(
    tx,
    fresh.flatMap((row) => stopsOf(row, { workspaceId, id, sha256, actor })),
  );
  return new Set(fresh.map(({ line }) => line));
}

function stopsOf(
  { contactId, facts, line }: Understood,
  { workspaceId, id, sha256, actor }: Pick<ClaimedImport, "workspaceId" | "id" | "sha256" | "actor">,
): NewEntry[] {
  const { channelId, occurredAt, source } = facts;
  return facts.purposes.map((purpose) => ({
    workspaceId,
    contactId,
    purpose,
    channelId,
    occurredAt,
    actor,
    action: "withdrawn",
    method: "import",
    expiresAt: null,
    wording: "",
    language: null,
    evidence: { import: id, file: sha256, line: String(line), ...(source === "" ? {} : { source }) },
    annuls: null,
    sourceKey: `import ${id} ${contactId} ${channelId} ${purpose}`,
  }));
}
