import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { delivery, lists, type WireBody } from "./testing/webhook-wire.ts";
import { readWebhook } from "./webhook.ts";

type Path = readonly (string | number)[];

/** What a hostile or future sender might put in the place of a part; `undefined` removes it. */
const replacement = fc.constantFrom<unknown>(
  undefined,
  null,
  true,
  -1,
  1e300,
  2 ** 60,
  "",
  "\uD800",
  "\0",
  [],
  {},
  "x".repeat(9000),
  Array(1000).fill(0),
);
const mutations = fc.array(fc.tuple(fc.nat(), replacement), { minLength: 1, maxLength: 3 });

function pathsOf(value: unknown, path: Path = []): Path[] {
  if (typeof value !== "object" || value === null) return [path];
  const inside = Array.isArray(value) ? [...value.entries()] : Object.entries(value);
  return [path, ...inside.flatMap(([key, item]) => pathsOf(item, [...path, key]))];
}

function replaced(value: unknown, [key, ...rest]: Path, by: unknown): unknown {
  if (key === undefined) return by;
  if (Array.isArray(value))
    return value.map((item: unknown, index) => (index === key ? replaced(item, rest, by) : item));
  return Object.fromEntries(
    Object.entries(value as object).map(([name, item]) => [name, name === key ? replaced(item, rest, by) : item]),
  );
}

/** True when one of two places lies in the other. */
function meets(a: Path, b: Path): boolean {
  return a.every((step, index) => index >= b.length || step === b[index]);
}

/** One element of a body: the places that its facts depend on, and a body that says nothing else. */
type Element = { readonly at: readonly Path[]; readonly alone: object };

function elementsOf(body: WireBody): Element[] {
  return body.entry.flatMap((entry, e) =>
    entry.changes.flatMap(({ field, value }, c): Element[] => {
      const here: Path = ["entry", e, "changes", c];
      const around: Path[] = [["object"], ["entry", e, "id"], ["entry", e, "time"], [...here, "field"]];
      const alone = (only: object) => ({ ...body, entry: [{ ...entry, changes: [{ field, value: only }] }] });
      const keys = Object.keys(lists[field] ?? {});
      if (keys.length === 0) return [{ at: [...around, [...here, "value"]], alone: alone(value) }];
      const { metadata, contacts } = value as { readonly metadata: object; readonly contacts: object };
      const about: Path[] = [...around, [...here, "value", "metadata"], [...here, "value", "contacts"]];
      return keys.flatMap((key) =>
        (value[key as keyof typeof value] as object[]).flatMap((item, index) =>
          piecesOf(item, [...here, "value", key, index]).map(({ at, only }) => ({
            at: [...about, ...at],
            alone: alone({ metadata, contacts, [key]: [only] }),
          })),
        ),
      );
    }),
  );
}

/** A chunk of the history falls into its messages; anything else is one piece. */
function piecesOf(item: object, at: Path): { readonly at: readonly Path[]; readonly only: object }[] {
  if (!("threads" in item)) return [{ at: [at], only: item }];
  const threads = item.threads as readonly { readonly id: string; readonly messages: readonly object[] }[];
  return threads.flatMap(({ id, messages }, t) =>
    messages.map((message, m) => ({
      at: [
        [...at, "errors"],
        [...at, "threads", t, "id"],
        [...at, "threads", t, "messages", m],
      ],
      only: { ...item, threads: [{ id, messages: [message] }] },
    })),
  );
}

describe("any body", () => {
  it("says of each element what the element says alone, and nothing remains unread", () => {
    const kinds = new Set<string>();
    fc.assert(
      fc.property(delivery, (body) => {
        const { facts, problem } = readWebhook(JSON.stringify(body));
        const apart = elementsOf(body).flatMap(({ alone }) => readWebhook(JSON.stringify(alone)).facts);
        expect(problem).toBeNull();
        expect(facts.filter(({ kind }) => kind === "unknown")).toEqual([]);
        expect(facts).toHaveLength(apart.length);
        for (const fact of apart) expect(facts).toContainEqual(fact);
        for (const { kind } of facts) kinds.add(kind);
      }),
      { numRuns: 400 },
    );
    expect(kinds.size).toBe(12);
  });

  it("keeps every element that a mutation did not touch", () => {
    fc.assert(
      fc.property(delivery, mutations, (body, changes) => {
        let mutated: unknown = body;
        const touched: Path[] = [];
        for (const [seed, by] of changes) {
          const paths = pathsOf(mutated);
          const path = paths[seed % paths.length] ?? [];
          mutated = replaced(mutated, path, by);
          touched.push(path);
        }
        const after = readWebhook(JSON.stringify(mutated) ?? "").facts;
        const kept = elementsOf(body).filter(
          ({ at }) => !at.some((path) => touched.some((other) => meets(path, other))),
        );
        for (const { alone } of kept)
          for (const fact of readWebhook(JSON.stringify(alone)).facts) expect(after).toContainEqual(fact);
      }),
      { numRuns: 600 },
    );
  });

  it("never throws, whatever it is", () => {
    const fields = fc.constantFrom(...Object.keys(lists), "template_category_update", "account_update", "security");
    const anything = fc.oneof(
      fc.json(),
      fc.string({ unit: "binary" }),
      fc.uint8Array({ maxLength: 500 }),
      fc.json().map((value) => `{"object":"whatsapp_business_account","entry":[{"id":"1","changes":[${value}]}]}`),
      fc.tuple(fields, fc.json()).map(([field, value]) => {
        const inside = Object.values(lists).flatMap((list) => Object.keys(list));
        const keys = inside.map((key) => `"${key}":[${value}]`).join(",");
        const change = `{"field":"${field}","value":{"metadata":{"phone_number_id":"1"},${keys}}}`;
        return `{"object":"whatsapp_business_account","entry":[{"id":"1","changes":[${change}]}]}`;
      }),
      fc
        .tuple(fc.constantFrom("edit", "system", "contacts", "interactive", "order", "image"), fc.json())
        .map(([type, value]) => {
          const message = `{"id":"w","from":"15550100042","timestamp":"1","type":"${type}","${type}":${value}}`;
          const inside = `"metadata":{"phone_number_id":"1"},"messages":[${message}]`;
          const change = `{"field":"messages","value":{${inside}}}`;
          return `{"object":"whatsapp_business_account","entry":[{"id":"1","changes":[${change}]}]}`;
        }),
    );
    fc.assert(
      fc.property(anything, (body) => {
        const { facts, problem } = readWebhook(body);
        expect(problem === null || facts.length === 0).toBe(true);
      }),
      { numRuns: 1500 },
    );
  });
});
