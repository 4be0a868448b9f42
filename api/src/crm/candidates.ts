import type { NumberHolder, NumberVerdict } from "@aparte/core/crm-match.ts";
import type { CrmRecordRef } from "@aparte/core/crm-record.ts";
import type { RecordNumber } from "@aparte/core/record-view.ts";
import type { CrmRecord } from "@aparte/crm/record.ts";
import { parsePhone } from "../contacts/phone.ts";
import { canonicalWaId } from "../contacts/wa-id.ts";
import type { Link } from "./links.ts";
import { numbersOf, type HeldNumber } from "./numbers.ts";

/** A number of a record, with what somebody here said about it. */
export type Candidate = HeldNumber & {
  readonly verdict: NumberVerdict;
  /** Who is meant where no number says it: a person who hides theirs and is known by their WhatsApp id. */
  readonly contactId: string | null;
};

/**
 * The numbers of a record and of its people: those in fields, and those of people who were chosen for it or are known by
 * their WhatsApp id.
 */
export function candidatesOf(
  record: Pick<CrmRecord, "ref" | "name" | "phones" | "people">,
  links: readonly Link[],
): Candidate[] {
  const fields = numbersOf(record).map((held) => ({ ...held, verdict: verdictOf(held, links), contactId: null }));
  const holders: NumberHolder[] = [...record.people, record].map(({ ref, name }) => ({ ref, name }));
  const besides = links.flatMap((link): Candidate[] => {
    const holder = holders.find(({ ref }) => isOf(link, ref));
    if (!holder || link.role !== "person" || link.excluded) return [];
    const { waId, contactId } = link;
    if (waId === null) return [{ holder, label: "", raw: "", phone: null, waId, verdict: "field", contactId }];
    if (fields.some((held) => held.waId === waId)) return [];
    const phone = parsePhone(`+${waId}`, null);
    const verdict = link.reason === "chosen" ? "chosen" : "field";
    return [{ holder, label: "", raw: phone?.display ?? `+${waId}`, phone, waId, verdict, contactId }];
  });
  return [...fields, ...besides];
}

function verdictOf({ holder, waId }: HeldNumber, links: readonly Link[]): NumberVerdict {
  const said = links.find((link) => isOf(link, holder.ref) && link.waId === waId && waId !== null);
  if (said?.excluded) return "not_theirs";
  return said?.reason === "chosen" && said.role === "person" ? "chosen" : "field";
}

function isOf(link: Pick<Link, "type" | "id">, ref: CrmRecordRef): boolean {
  return link.type === ref.type && link.id === ref.id;
}

/**
 * Whom to talk to: the number that was asked for; else the one that this record was opened with last; else the first that is a
 * number and theirs; else a person known by their WhatsApp id alone. Null when there is nobody.
 */
export function choose(
  candidates: readonly Candidate[],
  links: readonly Link[],
  { record, wanted }: { readonly record: Pick<CrmRecord, "ref">; readonly wanted: string | null },
): Candidate | null {
  const numbers = candidates.filter(({ phone }) => phone !== null);
  const asked = wanted === null ? null : canonicalWaId(wanted.slice(1));
  const theirs = numbers.filter(({ verdict }) => verdict !== "not_theirs");
  const last = links
    .filter((link) => isOf(link, record.ref) && link.openedAt !== null && !link.excluded)
    .map(({ waId }) => theirs.find((candidate) => candidate.waId === waId))
    .find((candidate) => candidate !== undefined);
  return (
    numbers.find(({ waId }) => waId === asked) ??
    last ??
    theirs[0] ??
    candidates.find(({ contactId, waId }) => contactId !== null && waId === null) ??
    null
  );
}

/** The numbers as people see them; a person without a number has none to show. */
export function toNumbers(candidates: readonly Candidate[]): RecordNumber[] {
  return candidates
    .filter(({ phone, contactId }) => phone !== null || contactId === null)
    .map(({ label, raw, phone, holder, verdict }) => ({
      label,
      raw,
      e164: phone?.e164 ?? null,
      display: phone?.display ?? raw,
      holder,
      verdict,
    }));
}
