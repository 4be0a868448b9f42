import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Fact } from "./facts.ts";
import { readWebhook } from "./webhook.ts";

type Path = readonly (string | number)[];

const digits = (length: number) => fc.stringMatching(new RegExp(`^[1-9]\\d{${length - 1}}$`));
const words = fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 });
const seconds = fc.oneof(fc.integer({ min: 1, max: 4_000_000_000 }), fc.integer({ min: 1, max: 4e9 }).map(String));
const person = fc.oneof(
  fc.record({ from: digits(11), from_user_id: digits(20).map((id) => `US.${id}`) }),
  fc.record({ from: digits(11) }),
  fc.record({ from_user_id: digits(20).map((id) => `FR.${id}`) }),
);
const content = fc.oneof(
  words.map((body) => ({ type: "text", text: { body } })),
  words.map((text) => ({ type: "button", button: { text, payload: text }, context: { id: "wamid.quoted" } })),
  words.map((title) => ({ type: "interactive", interactive: { type: "list_reply", list_reply: { id: "1", title } } })),
  words.map((caption) => ({ type: "image", image: { id: "1", caption } })),
  words.map((type) => ({ type: `x${type}` })),
);
const wamid = digits(12).map((id) => `wamid.${id}`);
const message = fc
  .tuple(wamid, person, content, seconds)
  .map(([id, who, what, timestamp]) => ({ id, ...who, ...what, timestamp }));
const status = fc.record({
  id: wamid,
  status: fc.constantFrom("sent", "delivered", "read", "played", "failed"),
  timestamp: seconds,
  recipient_id: digits(11),
  errors: fc.constantFrom(undefined, [{ code: 131026, title: "Message undeliverable" }]),
  pricing: fc.constantFrom(undefined, { billable: true, category: "marketing", type: "regular" }),
});
const change = fc.record({
  field: fc.constant("messages"),
  value: fc.record({
    metadata: fc.record({ phone_number_id: digits(16) }),
    messages: fc.array(message, { maxLength: 3 }),
    statuses: fc.array(status, { maxLength: 3 }),
  }),
});
const delivery = fc.record({
  object: fc.constant("whatsapp_business_account"),
  entry: fc.array(fc.record({ id: digits(17), changes: fc.array(change, { minLength: 1, maxLength: 3 }) }), {
    minLength: 1,
    maxLength: 3,
  }),
});

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
const mutations = fc.array(fc.tuple(fc.nat(), replacement), { maxLength: 3 });

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

function meets(a: Path, b: Path): boolean {
  return a.every((step, index) => index >= b.length || step === b[index]);
}

/** Every message and status of a body, with the paths that its fact depends on. */
function elementsOf(body: { readonly entry: readonly { readonly changes: readonly { readonly value: object }[] }[] }) {
  return body.entry.flatMap((entry, e) =>
    entry.changes.flatMap(({ value }, c) =>
      ["messages", "statuses"].flatMap((key) =>
        (value[key as keyof typeof value] as unknown[]).map((_item, index): Path[] => {
          const at: Path = ["entry", e, "changes", c];
          return [
            ["object"],
            ["entry", e, "id"],
            [...at, "field"],
            [...at, "value", "metadata"],
            [...at, "value", key, index],
          ];
        }),
      ),
    ),
  );
}

function readable(facts: readonly Fact[]): Fact[] {
  return facts.filter(({ kind }) => kind === "message" || kind === "status");
}

describe("any body", () => {
  it("keeps every element that a mutation did not touch", () => {
    fc.assert(
      fc.property(delivery, mutations, (body, changes) => {
        const before = readWebhook(JSON.stringify(body));
        const elements = elementsOf(body);
        expect(before.problem).toBeNull();
        expect(readable(before.facts)).toHaveLength(elements.length);

        let mutated: unknown = body;
        const touched: Path[] = [];
        for (const [seed, by] of changes) {
          const paths = pathsOf(mutated);
          const path = paths[seed % paths.length] ?? [];
          mutated = replaced(mutated, path, by);
          touched.push(path);
        }
        const after = readWebhook(JSON.stringify(mutated) ?? "");
        const kept = readable(before.facts).filter(
          (_fact, index) => !elements[index]?.some((path) => touched.some((other) => meets(path, other))),
        );
        for (const fact of kept) expect(after.facts).toContainEqual(fact);
      }),
      { numRuns: 500 },
    );
  });

  it("never throws, whatever it is", () => {
    const anything = fc.oneof(
      fc.json(),
      fc.string({ unit: "binary" }),
      fc.uint8Array({ maxLength: 500 }),
      fc.json().map((value) => `{"object":"whatsapp_business_account","entry":[{"id":"1","changes":[${value}]}]}`),
      fc
        .tuple(fc.constantFrom("messages", "user_preferences", "template_category_update", "account_update"), fc.json())
        .map(([field, value]) => {
          const metadata = '"metadata":{"phone_number_id":"1"}';
          const change = `{"field":"${field}","value":{${metadata},"messages":[${value}],"statuses":[${value}]}}`;
          return `{"object":"whatsapp_business_account","entry":[{"id":"1","changes":[${change}]}]}`;
        }),
    );
    fc.assert(
      fc.property(anything, (body) => {
        const { facts, problem } = readWebhook(body);
        expect(problem === null || facts.length === 0).toBe(true);
      }),
      { numRuns: 1000 },
    );
  });
});
