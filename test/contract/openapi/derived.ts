import { SCHEMAS, type Schema } from "./condensed.ts";

type Json = Record<string, unknown>;

/** A body that its schema does not allow, and in what it differs from one that it does. */
export type Mutation = { readonly what: string; readonly body: unknown };

/**
 * The bodies that a schema rules out, each one step away from a body that it allows: a required property is missing,
 * a word is not one of the list, a text or a list is longer than it may be.
 */
export function mutationsOf(schema: Schema, body: unknown, where = ""): Mutation[] {
  const { properties, required, items, ...rule } = whole(schema);
  if (Array.isArray(body)) return itemMutations({ ...rule, items }, body, where);
  if (typeof body === "string") return textMutations(rule, body, where);
  if (typeof body !== "object" || body === null) return [];
  const missing = ((required ?? []) as string[])
    .filter((name) => name in body)
    .map((name) => {
      const { [name]: _left, ...others } = body as Json;
      return { what: `without ${where}${name}`, body: others };
    });
  const inner = Object.entries((properties ?? {}) as Record<string, Schema>)
    .filter(([name]) => name in body)
    .flatMap(([name, property]) =>
      mutationsOf(property, (body as Json)[name], `${where}${name}.`).map((mutation) => ({
        what: mutation.what,
        body: { ...body, [name]: mutation.body },
      })),
    );
  return [...missing, ...inner];
}

function itemMutations({ items, maxItems }: Json, body: readonly unknown[], where: string): Mutation[] {
  const [first] = body;
  if (first === undefined) return [];
  const longer =
    typeof maxItems === "number"
      ? [{ what: `with ${maxItems + 1} of ${where}`, body: Array.from({ length: maxItems + 1 }, () => first) }]
      : [];
  const inner = items === undefined ? [] : mutationsOf(items as Schema, first, `${where}0.`);
  return [...longer, ...inner.map(({ what, body: item }) => ({ what, body: [item, ...body.slice(1)] }))];
}

function textMutations({ enum: words, maxLength }: Json, _body: string, where: string): Mutation[] {
  return [
    ...(words === undefined ? [] : [{ what: `with another word as ${where}`, body: "NO_SUCH_WORD" }]),
    ...(typeof maxLength === "number"
      ? [{ what: `with ${maxLength + 1} characters as ${where}`, body: "a".repeat(maxLength + 1) }]
      : []),
  ];
}

/** A schema with what it refers to, and the parts of `allOf`, in one. Choices are left out: either part may allow. */
function whole(schema: Schema): Json {
  if (typeof schema === "boolean") return {};
  const { $ref, allOf, ...own } = schema;
  const parts = [
    ...(typeof $ref === "string" ? [SCHEMAS.$defs[$ref.split("/").at(-1) ?? ""] ?? {}] : []),
    ...((allOf ?? []) as Schema[]),
  ].map(whole);
  return parts.reduce<Json>((sum, part) => {
    const properties = { ...(sum.properties as Json), ...(part.properties as Json) };
    return { ...sum, ...part, ...(Object.keys(properties).length > 0 ? { properties } : {}) };
  }, own);
}
