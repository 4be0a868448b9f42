import { Refusal, refuseCloud, refuseParameter } from "./refusal.ts";
import type { Call } from "./route.ts";

type Item = Record<string, unknown>;

const DEFAULT_LIMIT = 25;
const HIGHEST_LIMIT = 1000;

/**
 * The fields of a node that were asked for; `id` always. Without `fields` the defaults. A field that does not exist is
 * refused, one without a value is left out.
 */
export function selectFields(call: Call, node: Item, defaults: readonly string[]): Refusal | Item {
  const { fields } = call.params;
  const wanted = typeof fields === "string" && fields !== "" ? splitFields(fields) : defaults;
  const unknown = wanted.find((field) => !Object.hasOwn(node, field));
  if (unknown !== undefined) return refuseParameter(`Tried accessing nonexisting field (${unknown})`);
  const picked = wanted.filter((field) => node[field] !== undefined).map((field) => [field, node[field]]);
  return { ...Object.fromEntries(picked), id: node.id };
}

/**
 * One page of a list by `limit`, `after` and `before`, with cursors and a link to the next page. A cursor that was not
 * given out by this list is refused (131059).
 */
export function pageOf(call: Call, items: Item[], defaults: readonly string[]): Refusal | object {
  const limit = Number(call.params.limit ?? DEFAULT_LIMIT);
  if (!Number.isInteger(limit) || limit < 1 || limit > HIGHEST_LIMIT) {
    return refuseParameter(`Param limit must be a number from 1 to ${HIGHEST_LIMIT}.`);
  }
  const range = rangeOf(call, items, limit);
  if (range === undefined) return refuseCloud(131059, "Invalid cursor");
  const page = items.slice(range.start, range.end);
  const data: Item[] = [];
  for (const item of page) {
    const selected = selectFields(call, item, defaults);
    if (selected instanceof Refusal) return selected;
    data.push(selected);
  }
  const [first, last] = [page.at(0), page.at(-1)];
  if (first === undefined || last === undefined) return { data };
  const cursors = { before: cursorOf(first), after: cursorOf(last) };
  return {
    data,
    paging: {
      cursors,
      ...(range.end < items.length ? { next: linkOf(call, { limit: String(limit), after: cursors.after }) } : {}),
      ...(range.start > 0 ? { previous: linkOf(call, { limit: String(limit), before: cursors.before }) } : {}),
    },
  };
}

function rangeOf(call: Call, items: Item[], limit: number): { start: number; end: number } | undefined {
  const { after, before } = call.params;
  if (typeof after === "string" && after !== "") {
    const index = items.findIndex((item) => cursorOf(item) === after);
    return index < 0 ? undefined : { start: index + 1, end: index + 1 + limit };
  }
  if (typeof before === "string" && before !== "") {
    const index = items.findIndex((item) => cursorOf(item) === before);
    return index < 0 ? undefined : { start: Math.max(0, index - limit), end: index };
  }
  return { start: 0, end: limit };
}

/** The place after an item in its list. */
export function cursorOf(item: Item): string {
  return Buffer.from(`cursor:${String(item.id)}`).toString("base64");
}

function linkOf(call: Call, cursor: Record<string, string>): string {
  const { after: _after, before: _before, ...kept } = call.params;
  const query = new URLSearchParams({
    ...Object.fromEntries(Object.entries(kept).map(([k, v]) => [k, String(v)])),
    ...cursor,
  });
  return `${call.url}?${query.toString()}`;
}

/** Splits at commas outside braces and parentheses: `id,health_status{errors}` are two fields. */
function splitFields(fields: string): string[] {
  return fields
    .replaceAll(/[{(][^{}()]*[})]/gu, "")
    .split(",")
    .map((field) => field.trim().split(".")[0] ?? "")
    .filter((field) => field !== "");
}
