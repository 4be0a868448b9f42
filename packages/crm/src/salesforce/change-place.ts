import { z } from "zod";
import { soql } from "./query.ts";

/** The most that one page brings of each type. */
export const pageSize = 200;

/** A change is dated by when its transaction began, and shows when it ends: this long it may stay behind. */
const overlapMs = 5 * 60_000;

/** So often the overlap is read again after the last change; polls are minutes apart. */
const looksBack = 3;

/**
 * Where to go on with one type. `told`: when the newest change was that has been told; null when there was no record yet.
 * `looks` counts down how often the time before it is looked at again. `page`: behind which row the next page begins.
 */
export const changePlace = z.object({
  told: z.iso.datetime().nullable(),
  looks: z.number(),
  page: z.object({ at: z.iso.datetime(), id: z.string() }).nullable(),
});
export type ChangePlace = z.infer<typeof changePlace>;

/** What the place needs to know of a row: its `SystemModstamp` as ISO 8601 in UTC, and its id. */
export type Dated = { readonly id: string; readonly at: string };

/** Salesforce writes `+0000`, and reads only what is in UTC without quotes. */
export function utc(modstamp: string): string {
  return new Date(modstamp).toISOString();
}

/** A place behind the newest row that there is. */
export function placeBehind(newest: Dated | undefined): ChangePlace {
  return { told: newest?.at ?? null, looks: looksBack, page: null };
}

/** The page that begins at the place. Many records may change in one and the same second: within it, pages go on by id. */
export function pageFrom(place: ChangePlace): string {
  return `${conditionOf(place)} ORDER BY SystemModstamp, Id LIMIT ${pageSize}`;
}

function conditionOf({ told, looks, page }: ChangePlace): string {
  if (page) {
    return ` WHERE SystemModstamp > ${page.at} OR (SystemModstamp = ${page.at} AND Id > ${soql`${page.id}`})`;
  }
  if (told === null) return "";
  const before = new Date(Date.parse(told) - overlapMs).toISOString();
  return looks > 0 ? ` WHERE SystemModstamp >= ${before}` : ` WHERE SystemModstamp > ${told}`;
}

/**
 * The place after a page. Once nothing newer has shown for a while, the overlap is left alone: it may hold thousands of
 * changes of one import.
 */
export function placeAfter(place: ChangePlace, rows: readonly Dated[]): ChangePlace {
  const last = rows.at(-1);
  if (last && rows.length === pageSize) return { ...place, page: { at: last.at, id: last.id } };
  const { told, looks, page } = place;
  const newest = last?.at ?? page?.at ?? told;
  if (newest !== null && (told === null || newest > told)) return { told: newest, looks: looksBack, page: null };
  return { told, looks: Math.max(0, looks - 1), page: null };
}
