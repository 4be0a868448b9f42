import { z } from "zod";
import type { FreeContent } from "./message-content.ts";
import { mediaKinds } from "./message-content.ts";

/**
 * The shape of a message that a client may send without a template. Shapes and outer bounds only: what Meta allows inside
 * them is decided by `contentProblems`, which answers with the field and the rule.
 */

// Lists are read-only, so that a content of `core` fits as it is.
const line = z.string().max(5000);
const lineOrNull = line.nullable();
const identifier = z.string().max(512);

const media = z.strictObject({
  kind: z.literal("media"),
  media: z.enum(mediaKinds),
  fileId: z.uuid(),
  fileName: lineOrNull,
  caption: lineOrNull,
  voice: z.boolean(),
});

const location = z.strictObject({
  kind: z.literal("location"),
  latitude: z.number(),
  longitude: z.number(),
  name: lineOrNull,
  address: lineOrNull,
});

const labelled = { label: lineOrNull };
const card = z.strictObject({
  name: line,
  phones: z
    .array(z.strictObject({ number: line, ...labelled }))
    .max(20)
    .readonly(),
  emails: z
    .array(z.strictObject({ email: line, ...labelled }))
    .max(20)
    .readonly(),
  organization: lineOrNull,
  title: lineOrNull,
  addresses: z.array(line).max(20).readonly(),
  urls: z.array(line).max(20).readonly(),
  birthday: lineOrNull,
  requested: z.boolean(),
});

const header = z.discriminatedUnion("type", [
  z.strictObject({ type: z.literal("text"), text: line }),
  z.strictObject({ type: z.enum(["image", "video", "document"]), fileId: z.uuid() }),
]);

const row = z.strictObject({ id: identifier, title: line, description: lineOrNull });
const action = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("buttons"),
    buttons: z
      .array(z.strictObject({ id: identifier, title: line }))
      .max(20)
      .readonly(),
  }),
  z.strictObject({
    type: z.literal("list"),
    button: line,
    sections: z
      .array(z.strictObject({ title: lineOrNull, rows: z.array(row).max(50).readonly() }))
      .max(50)
      .readonly(),
  }),
  z.strictObject({ type: z.literal("link"), button: line, url: line }),
  z.strictObject({ type: z.literal("location_request") }),
  z.strictObject({ type: z.literal("contact_request") }),
  z.strictObject({ type: z.literal("flow"), button: line, flowId: identifier, screen: identifier.nullable() }),
  z.strictObject({ type: z.literal("product"), catalogId: identifier, productId: identifier }),
  z.strictObject({
    type: z.literal("product_list"),
    catalogId: identifier,
    sections: z
      .array(z.strictObject({ title: line, productIds: z.array(identifier).max(50).readonly() }))
      .max(50)
      .readonly(),
  }),
  z.strictObject({ type: z.literal("catalog"), thumbnailProductId: identifier.nullable() }),
]);

export const freeContentInput = z.discriminatedUnion("kind", [
  z.strictObject({ kind: z.literal("text"), text: z.string().max(20_000) }),
  media,
  location,
  z.strictObject({ kind: z.literal("contacts"), cards: z.array(card).max(300).readonly() }),
  z.strictObject({ kind: z.literal("interactive"), header: header.nullable(), body: line, footer: lineOrNull, action }),
  z.strictObject({ kind: z.literal("reaction"), emoji: z.string().max(64).nullable() }),
]) satisfies z.ZodType<FreeContent>;
