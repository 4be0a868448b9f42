import { crms, entriesEverMade, entriesIn, type Crm } from "./books.ts";
import type { CrmFirm } from "./firm.ts";
import type { Person } from "./people.ts";
import { textOf } from "./traffic.ts";

/** What is wrong with a CRM's entries, counted; all zero when every promise was kept. */
export type Wrong = {
  /** Sessions without an entry. */
  missing: number;
  /** Entries beyond the first of a session, those that were made and taken away included. */
  doubled: number;
  /** Messages that do not stand in their entry. */
  lost: number;
  /** Entries in which messages stand out of order or twice. */
  disorder: number;
  /** Entries with a message of somebody else, or of a person unknown. */
  foreign: number;
};

const anyLine = /line (\d+) of (\d+)\./g;

/** Compares what stands in a CRM with what was said. Knows the CRM's books alone: no table, no log of ours. */
export async function checkCrm(firm: CrmFirm, crm: Crm, said: ReadonlyMap<Person, number>): Promise<Readonly<Wrong>> {
  const wrong: Wrong = { missing: 0, doubled: 0, lost: 0, disorder: 0, foreign: 0 };
  const entries = await entriesIn(firm, crm);
  const byRecord = Map.groupBy(entries, ({ recordIds }) => recordIds[0] ?? "");
  for (const [person, count] of said) {
    const own = byRecord.get(person.records[crm]) ?? [];
    if (own.length === 0) wrong.missing += 1;
    const body = own.map((entry) => entry.body).join("\n");
    for (let place = 0; place < count; place += 1) if (!body.includes(textOf({ person, place }))) wrong.lost += 1;
    const found = [...body.matchAll(anyLine)];
    if (found.some(([, , waId]) => waId !== person.waId)) wrong.foreign += 1;
    const places = found.map(([, place]) => Number(place));
    if (places.some((place, index) => index > 0 && place <= (places[index - 1] ?? -1))) wrong.disorder += 1;
    byRecord.delete(person.records[crm]);
  }
  wrong.foreign += byRecord.size;
  wrong.doubled = (await entriesEverMade(firm, crm)) - (said.size - wrong.missing);
  return wrong;
}

export async function checkCrms(firm: CrmFirm, said: ReadonlyMap<Person, number>) {
  const wrongs = await Promise.all(crms.map((crm) => checkCrm(firm, crm, said)));
  return Object.fromEntries(crms.map((crm, index) => [crm, wrongs[index]])) as Record<Crm, Wrong>;
}
