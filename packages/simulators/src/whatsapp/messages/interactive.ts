import { z } from "zod";
import { parseParam } from "../graph/params.ts";
import { Refusal, refuseParameter } from "../graph/refusal.ts";

const words = (max: number) => z.strictObject({ text: z.string().min(1).max(max) });
const footer = words(60).optional();
const url = z.string().refine((value) => URL.canParse(value) && /^https?:/u.test(value), "must be a valid URL");
const linked = z.strictObject({ link: url, filename: z.string().optional() });

const textHeader = z.strictObject({ type: z.literal("text"), text: z.string().min(1).max(60) });
const anyHeader = z.discriminatedUnion("type", [
  textHeader,
  z.strictObject({ type: z.literal("image"), image: linked }),
  z.strictObject({ type: z.literal("video"), video: linked }),
  z.strictObject({ type: z.literal("document"), document: linked }),
]);

const button = z.strictObject({
  type: z.literal("reply"),
  reply: z.strictObject({ id: z.string().min(1).max(256), title: z.string().min(1).max(20) }),
});

const section = z.strictObject({
  title: z.string().max(24).optional(),
  rows: z
    .array(
      z.strictObject({
        id: z.string().min(1).max(200),
        title: z.string().min(1).max(24),
        description: z.string().max(72).optional(),
      }),
    )
    .min(1),
});

const SCHEMAS = {
  button: z.strictObject({
    type: z.literal("button"),
    header: anyHeader.optional(),
    body: words(1024),
    footer,
    action: z.strictObject({
      buttons: z
        .array(button)
        .min(1)
        .max(3)
        .refine((all) => isUnique(all.map(({ reply }) => reply.id)), "has a duplicated button id")
        .refine((all) => isUnique(all.map(({ reply }) => reply.title)), "has a duplicated button title"),
    }),
  }),
  list: z.strictObject({
    type: z.literal("list"),
    header: textHeader.optional(),
    body: words(4096),
    footer,
    action: z.strictObject({
      button: z.string().min(1).max(20),
      sections: z
        .array(section)
        .min(1)
        .max(10)
        .refine(
          (all) => all.length === 1 || all.every(({ title }) => title),
          "needs a title in each of several sections",
        )
        .refine((all) => all.flatMap(({ rows }) => rows).length <= 10, "exceeds the total row count of 10")
        .refine((all) => isUnique(all.flatMap(({ rows }) => rows.map(({ id }) => id))), "has a duplicated row id"),
    }),
  }),
  cta_url: z.strictObject({
    type: z.literal("cta_url"),
    header: anyHeader.optional(),
    body: words(1024),
    footer,
    action: z.strictObject({
      name: z.literal("cta_url"),
      parameters: z.strictObject({ display_text: z.string().min(1).max(20), url }),
    }),
  }),
  location_request_message: z.strictObject({
    type: z.literal("location_request_message"),
    body: words(1024),
    action: z.strictObject({ name: z.literal("send_location") }),
  }),
  request_contact_info: z.strictObject({
    type: z.literal("request_contact_info"),
    body: words(1024),
    action: z.strictObject({ name: z.literal("request_contact_info") }),
  }),
};

/** Checks an `interactive` object: lengths and duplicates as 131009 with the reason, anything else as code 100. */
export function checkInteractive(content: unknown): Refusal | undefined {
  const kind = z.looseObject({ type: z.string() }).safeParse(content);
  if (!kind.success) return refuseParameter("The parameter interactive['type'] is required.");
  const { type } = kind.data;
  if (!isInteractiveType(type)) {
    const known = Object.keys(SCHEMAS).join(", ");
    return refuseParameter(`Param interactive['type'] must be one of {${known}} - got "${type}".`);
  }
  const parsed = parseParam<unknown>(SCHEMAS[type], content, "interactive", "cloud");
  return parsed instanceof Refusal ? parsed : undefined;
}

function isInteractiveType(type: string): type is keyof typeof SCHEMAS {
  return Object.hasOwn(SCHEMAS, type);
}

function isUnique(values: string[]): boolean {
  return new Set(values).size === values.length;
}
