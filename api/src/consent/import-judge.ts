import type { RowOutcome, RowReason } from "@aparte/core/consent-import.ts";
import type { Fingerprint } from "../contacts/fingerprint.ts";
import type { Tx } from "../platform/db.ts";
import type { ClaimedImport } from "./import-claim.ts";
import { contactsAmong, forgottenAmong, knownPrints, optedOutAmong } from "./import-lookups.ts";
import type { EvidencePrint } from "./import-print.ts";
import { outcomeOf, type ReadRow } from "./import-row.ts";

/** What becomes of a row. */
export type JudgedRow = ReadRow & { readonly outcome: RowOutcome; readonly contactId: string | null };

export type Keys = { readonly fingerprint: Fingerprint; readonly print: EvidencePrint };

/** Tells what the rows would become now. Nothing is written. */
export async function judgeRows(
  tx: Tx,
  { workspaceId, kind }: ClaimedImport,
  read: readonly ReadRow[],
  keys: Keys,
): Promise<JudgedRow[]> {
  const waIds = [...new Set(read.flatMap(({ waId }) => waId ?? []))];
  const forgotten = await forgottenAmong(tx, workspaceId, waIds, keys.fingerprint);
  const contacts = await contactsAmong(tx, workspaceId, waIds);
  const optedOut = await optedOutAmong(tx, workspaceId, [...contacts.values()]);
  const printed = read.map((row) => ({ row, prints: printsOf(row, contacts, workspaceId, keys) }));
  const known = await knownPrints(
    tx,
    workspaceId,
    printed.flatMap(({ prints }) => prints),
  );
  const seen = new Set<string>();
  return printed.map(({ row, prints }) => {
    const contactId = contacts.get(row.waId ?? "") ?? null;
    if (row.waId !== null && forgotten.has(row.waId)) return erased(row, kind);
    if (!row.facts) return { ...row, contactId, outcome: outcomeOf(row.reasons) };
    const { facts } = row;
    const saysNo = (purpose: string) => contactId !== null && optedOut.has(contactId, purpose, facts.channelId);
    // Within a batch a person without a contact is told by the number.
    const names = kind === "opt_outs" || contactId === null ? [JSON.stringify([row.waId, facts])] : prints;
    const isSeen = names.every((name) => seen.has(name) || known.has(name));
    names.forEach((name) => seen.add(name));
    if (isSeen || (kind === "opt_outs" && facts.purposes.every(saysNo)))
      return { ...row, contactId, outcome: "duplicate" };
    return kind === "consents" && facts.purposes.some(saysNo)
      ? keptOut(row, contactId)
      : { ...row, contactId, outcome: "recorded" };
  });
}

function printsOf(
  { waId, facts }: ReadRow,
  contacts: ReadonlyMap<string, string>,
  workspaceId: string,
  { print }: Keys,
): string[] {
  const contactId = contacts.get(waId ?? "");
  return contactId && facts ? facts.purposes.map((purpose) => print(workspaceId, contactId, purpose, facts)) : [];
}

/** What a file says of somebody who was forgotten is not kept. Stops that stand already are nothing new. */
export function erased(row: ReadRow, kind: ClaimedImport["kind"]): JudgedRow {
  if (kind === "opt_outs") return { ...row, contactId: null, outcome: "duplicate" };
  return { ...row, cells: [], waId: null, contactId: null, reasons: ["person_erased"], outcome: "refused" };
}

/** An import never beats what the person said. */
export function keptOut(row: ReadRow, contactId: string | null): JudgedRow {
  return { ...row, contactId, reasons: ["opted_out"] satisfies RowReason[], outcome: "kept_opted_out" };
}
