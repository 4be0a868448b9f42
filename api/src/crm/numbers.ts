import type { NumberHolder } from "@aparte/core/crm-match.ts";
import type { CrmRecord, RecordPhone } from "@aparte/crm/record.ts";
import { parsePhone, type PhoneNumber } from "../contacts/phone.ts";
import { canonicalWaId } from "../contacts/wa-id.ts";

/** A number in a field of a record or of one of its people. */
export type HeldNumber = {
  readonly holder: NumberHolder;
  readonly label: string;
  /** As someone typed it. */
  readonly raw: string;
  /** Null when it is no number. */
  readonly phone: PhoneNumber | null;
  /** The name under which its person is found; null when it is no number. */
  readonly waId: string | null;
};

/**
 * All numbers of a record, each once however often and in whatever spelling it stands there: those of its people, the primary
 * one first, then its own. Numbers that are none come along, so that somebody can mend them.
 */
export function numbersOf(record: Pick<CrmRecord, "ref" | "name" | "phones" | "people">): HeldNumber[] {
  const all = [...record.people.flatMap(held), ...held(record)];
  return all.filter(
    ({ waId, raw, holder }, index) =>
      all.findIndex((other) =>
        waId === null ? other.raw === raw && other.holder.ref.id === holder.ref.id : other.waId === waId,
      ) === index,
  );
}

function held({ ref, name, phones }: NumberHolder & { readonly phones: readonly RecordPhone[] }): HeldNumber[] {
  return phones.map(({ label, raw, region }) => {
    const phone = parsePhone(raw, region);
    return { holder: { ref, name }, label, raw, phone, waId: phone && canonicalWaId(phone.waId) };
  });
}
