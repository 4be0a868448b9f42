import fc from "fast-check";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { BROKEN_MESSAGES } from "./broken-messages.ts";
import { BROKEN_DEFINITIONS, BROKEN_TEMPLATE_SENDS } from "./broken-templates.ts";
import { REQUESTS, SCHEMAS, titleOf } from "./condensed.ts";
import { mutationsOf } from "./derived.ts";
import { fill } from "./filling.ts";
import { ALLOWED_ANYWAY, OUTDATED } from "./outdated.ts";
import { inShort, openPlatform, type Answer, type Asked, type Platform } from "./platform.ts";
import { finder } from "./things.ts";

let platform: Platform;
beforeAll(async () => void (platform = await openPlatform()));
beforeEach(() => platform.steer("reset", {}));
afterAll(() => platform?.close());

/** The code of a refusal; null for anything that does not look like one of Graph's. */
function codeOf({ status, body }: Answer): number | null {
  const { error } = body as { error?: { message?: unknown; type?: unknown; code?: unknown; fbtrace_id?: unknown } };
  const isRefusal = status >= 400 && status < 500 && typeof error?.message === "string" && error.message !== "";
  const isWhole = typeof error?.type === "string" && typeof error.fbtrace_id === "string";
  return isRefusal && isWhole && typeof error?.code === "number" ? error.code : null;
}

const post = (path: string, body: unknown) => platform.ask({ method: "POST", path, body });

describe("a message is refused that has", () => {
  it.each(Object.entries(BROKEN_MESSAGES))("%s", async (_name, { codes, body }) => {
    const answer = await post(`/${platform.identity.phone_number_id}/messages`, await body(finder(platform)));
    expect(codes, inShort(answer)).toContain(codeOf(answer));
  });
});

describe("the send of a template is refused that has", () => {
  it.each(Object.entries(BROKEN_TEMPLATE_SENDS))("%s", async (_name, { codes, body }) => {
    const answer = await post(`/${platform.identity.phone_number_id}/messages`, await body(finder(platform)));
    expect(codes, inShort(answer)).toContain(codeOf(answer));
  });
});

describe("a new template is refused that has", () => {
  it.each(Object.entries(BROKEN_DEFINITIONS))("%s", async (_name, definition) => {
    const answer = await post(`/${platform.identity.waba_id}/message_templates`, definition);
    expect(codeOf(answer), inShort(answer)).toBe(100);
  });
});

describe("what Meta's schema rules out is refused:", () => {
  const mutations = REQUESTS.flatMap((example) => {
    const schema = SCHEMAS.requests[`${example.method} ${example.path}`] ?? {};
    const isCurrent = OUTDATED[titleOf(example)] === undefined;
    return (isCurrent ? mutationsOf(schema, example.body) : [])
      .map(({ what }) => [`${titleOf(example)} ${what}`, { example, schema, what }] as const)
      .filter(([title]) => ALLOWED_ANYWAY[title] === undefined);
  });

  it("a good many", () => expect(mutations.length).toBeGreaterThan(250));

  it.each(mutations)("%s", async (_title, { example, schema, what }) => {
    const request = await fill(platform, example);
    const mutation = mutationsOf(schema, request.body).find((candidate) => candidate.what === what);
    if (mutation === undefined) throw new Error("The request lost what is to be changed.");
    const answer = await platform.ask({ ...request, body: mutation.body });
    expect([100, 131008, 131009], inShort(answer)).toContain(codeOf(answer));
  });
});

describe("whatever a request brings", () => {
  /** Replaces one value, deep inside, by another. */
  const replaced = (value: unknown, steps: readonly number[], other: unknown): unknown => {
    const [step, ...rest] = steps;
    if (step === undefined || typeof value !== "object" || value === null) return other;
    const entries = Object.entries(value);
    const at = entries[step % Math.max(1, entries.length)];
    if (at === undefined) return other;
    const inner = replaced(at[1], rest, other);
    return Array.isArray(value)
      ? value.map((item, index) => (String(index) === at[0] ? inner : item))
      : { ...value, [at[0]]: inner };
  };

  it("is never a fault of the platform", async () => {
    const examples = REQUESTS.filter(({ contentType }) => contentType === "application/json");
    const find = finder(platform);
    const requests: Asked[] = [];
    for (const example of examples) requests.push(await fill(platform, example, find));
    const change = fc.tuple(fc.constantFrom(...requests), fc.array(fc.nat(9), { maxLength: 5 }), fc.jsonValue());
    const changed = fc.asyncProperty(change, async ([request, steps, other]) => {
      const answer = await platform.ask({ ...request, body: replaced(request.body, steps, other) });
      if (answer.status !== 200) expect(codeOf(answer), inShort(answer)).not.toBeNull();
    });
    await fc.assert(changed, { numRuns: 1000 });
  });
});
