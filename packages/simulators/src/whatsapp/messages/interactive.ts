import { z } from "zod";
import { parseParam } from "../graph/params.ts";
import type { UnknownKeys } from "../graph/params.ts";
import { Refusal, refuseParameter } from "../graph/refusal.ts";
import { COMMERCE_SCHEMAS } from "./interactive-commerce.ts";
import {
  anyHeader,
  body,
  ctaUrl,
  footer,
  isUnique,
  replyFacts,
  sections,
  textHeader,
  uniqueButtons,
  words,
} from "./interactive-parts.ts";

const replyButton = z.strictObject({ type: z.literal("reply"), reply: replyFacts });
const row = z.strictObject({
  id: z.string().min(1).max(200),
  title: z.string().min(1).max(24),
  description: z.string().max(72).optional(),
});
const rowSections = sections(z.strictObject({ title: z.string().max(24).optional(), rows: z.array(row).min(1) }))
  .refine((all) => all.flatMap(({ rows }) => rows).length <= 10, "exceeds the total row count of 10")
  .refine((all) => isUnique(all.flatMap(({ rows }) => rows.map(({ id }) => id))), "has a duplicated row id");

/** An `action` that is its name; clients at work against Meta send parameters with some of them, which go unread. */
const named = <const N extends string>(name: N) =>
  z.strictObject({ name: z.literal(name), parameters: z.record(z.string(), z.unknown()).optional() });

const flowParameters = z
  .strictObject({
    flow_message_version: z.literal("3"),
    flow_id: z.string().min(1).optional(),
    flow_name: z.string().min(1).optional(),
    flow_cta: z
      .string()
      .min(1)
      .max(30)
      .refine((text) => !/\p{Extended_Pictographic}/u.test(text), "must have no emoji"),
    flow_token: z.string().max(200).optional(),
    mode: z.enum(["draft", "published"]).optional(),
    flow_action: z.enum(["navigate", "data_exchange"]).optional(),
    flow_action_payload: z
      .strictObject({ screen: z.string().min(1).optional(), data: z.record(z.string(), z.unknown()).optional() })
      .optional(),
  })
  .refine(
    ({ flow_id, flow_name }) => (flow_id === undefined) !== (flow_name === undefined),
    "needs exactly one of flow_id and flow_name",
  )
  .refine(
    ({ flow_action, flow_action_payload }) => flow_action !== "data_exchange" || flow_action_payload === undefined,
    "has a flow_action_payload, which only navigate takes",
  );

const SCHEMAS = {
  button: z.strictObject({
    type: z.literal("button"),
    header: anyHeader.optional(),
    body,
    footer,
    action: z.strictObject({ buttons: uniqueButtons(replyButton, ({ reply }) => reply) }),
  }),
  list: z.strictObject({
    type: z.literal("list"),
    header: textHeader.optional(),
    body: words(4096),
    footer,
    action: z.strictObject({ button: z.string().min(1).max(20), sections: rowSections }),
  }),
  cta_url: z.strictObject({ type: z.literal("cta_url"), header: anyHeader.optional(), body, footer, action: ctaUrl }),
  flow: z.strictObject({
    type: z.literal("flow"),
    header: anyHeader.optional(),
    body,
    footer,
    action: z.strictObject({ name: z.literal("flow"), parameters: flowParameters }),
  }),
  location_request_message: z.strictObject({
    type: z.literal("location_request_message"),
    body,
    footer,
    action: named("send_location"),
  }),
  request_contact_info: z.strictObject({
    type: z.literal("request_contact_info"),
    body,
    action: named("request_contact_info"),
  }),
  call_permission_request: z.strictObject({
    type: z.literal("call_permission_request"),
    body: body.optional(),
    footer,
    action: named("call_permission_request"),
  }),
  voice_call: z.strictObject({
    type: z.literal("voice_call"),
    body,
    action: z.strictObject({
      name: z.literal("voice_call"),
      parameters: z
        .strictObject({
          display_text: z.string().min(1).max(20).optional(),
          ttl_minutes: z.number().int().min(1).max(43_200).optional(),
          payload: z.string().max(512).optional(),
        })
        .optional(),
    }),
  }),
  address_message: z.strictObject({
    type: z.literal("address_message"),
    header: textHeader.optional(),
    body,
    footer,
    action: z.strictObject({
      name: z.literal("address_message"),
      parameters: z.strictObject({
        country: z.enum(["IN", "SG"]),
        values: z.record(z.string(), z.string()).optional(),
        validation_errors: z.record(z.string(), z.string()).optional(),
        saved_addresses: z
          .array(z.strictObject({ id: z.string().min(1), value: z.record(z.string(), z.string()) }))
          .optional(),
      }),
    }),
  }),
  ...COMMERCE_SCHEMAS,
};

/** Checks an `interactive` object: lengths and duplicates as 131009 with the reason, anything else as code 100. */
export function checkInteractive(content: unknown, unknownKeys: UnknownKeys): Refusal | undefined {
  const kind = z.looseObject({ type: z.string() }).safeParse(content);
  if (!kind.success) return refuseParameter("The parameter interactive['type'] is required.");
  const { type } = kind.data;
  if (!isInteractiveType(type)) {
    const known = Object.keys(SCHEMAS).join(", ");
    return refuseParameter(`Param interactive['type'] must be one of {${known}} - got "${type}".`);
  }
  const parsed = parseParam<unknown>(SCHEMAS[type], content, "interactive", { lengths: "cloud", unknownKeys });
  return parsed instanceof Refusal ? parsed : undefined;
}

function isInteractiveType(type: string): type is keyof typeof SCHEMAS {
  return Object.hasOwn(SCHEMAS, type);
}
