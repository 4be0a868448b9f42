import type { SObject } from "../record-store.ts";
import { refused } from "../salesforce-error.ts";
import type { Values } from "./read-values.ts";
import { deleteRecord } from "./delete-record.ts";
import { changeRecord, noteWrite } from "./save-record.ts";
import type { Write } from "./write.ts";

/** A merge takes in at most this many others. */
const MOST_LOSERS = 2;

/**
 * Merges records into one, as people do on their pages: what stood below the others moves to the winner, and they go
 * to the recycle bin with `MasterRecordId`. Refused (400) as a whole.
 */
export function mergeRecords(write: Write, winner: SObject, losers: readonly SObject[]): void {
  const { type } = winner;
  const isPerson = winner.values["IsPersonAccount"] === true;
  const others = losers.filter(({ id }) => id !== winner.id);
  const fits = others.every((loser) => loser.type === type && (loser.values["IsPersonAccount"] === true) === isPerson);
  if (!type.mergeable || !fits || others.length === 0 || others.length > MOST_LOSERS) {
    throw refused("INVALID_MERGE_RECORD", "these records cannot be merged");
  }
  write.org.atomically(() => {
    for (const loser of others) {
      if (isPerson) absorb(write, personOf(write, winner), personOf(write, loser));
      absorb(write, winner, loser);
      deleteRecord(write, write.org.records.find(type, loser.id) ?? loser);
    }
    changeRecord(write, write.org.records.find(type, winner.id) ?? winner, {});
    noteWrite(write, "merge", winner, { losers: others.map(({ id }) => id) });
  });
}

/** Moves what points to the loser to the winner, and notes in the loser where it went. */
function absorb(write: Write, winner: SObject, loser: SObject): void {
  const { org } = write;
  for (const type of org.schema.list()) {
    const lookups = type.fields.filter(({ referenceTo }) => referenceTo.includes(loser.type.name));
    if (lookups.length === 0) continue;
    for (const child of org.records.all(type)) {
      const pointing = lookups.filter(({ name }) => child.values[name] === loser.id && !isOfPersonAccount(child));
      const moved: Values = Object.fromEntries(pointing.map(({ name }) => [name, winner.id]));
      if (pointing.length > 0) changeRecord(write, child, moved);
    }
  }
  const last = org.records.find(loser.type, loser.id) ?? loser;
  org.records.put({ ...last, values: { ...last.values, MasterRecordId: winner.id } });
}

/** The two halves of a person account stay together. */
function isOfPersonAccount({ values }: SObject): boolean {
  return values["IsPersonAccount"] === true;
}

function personOf({ org }: Write, account: SObject): SObject {
  const contact = org.records.live(org.schema.object("Contact"), String(account.values["PersonContactId"]));
  if (contact === undefined) throw new Error("a person account has a contact");
  return contact;
}
