import { z } from "zod";

/**
 * What Meta's documentation says of a message to send, written down once more for the test alone (Meta, "messages"
 * endpoint and the page of each type). Objects are strict, so that nothing unknown is sent. Lengths in UTF-16 units.
 */

export const wamid = z.string().regex(/^wamid\.[A-Za-z0-9+/]+=*$/);

const head = {
  messaging_product: z.literal("whatsapp"),
  recipient_type: z.literal("individual").optional(),
  /** With `+`: without it Meta puts the country code of the business number in front. */
  to: z.string().regex(/^\+[1-9]\d{6,14}$/),
  biz_opaque_callback_data: z.string().max(512).optional(),
};
const quoting = { ...head, context: z.strictObject({ message_id: wamid }).optional() };

const words = (max: number) => z.string().min(1).max(max);
const web = z
  .string()
  .max(2000)
  .regex(/^https?:\/\/[^\s/]+/i);
const file = { id: z.string().regex(/^\d+$/) };
const caption = z.string().max(1024).optional();

const name = z
  .strictObject({
    formatted_name: words(1000),
    first_name: words(1000).optional(),
    last_name: words(1000).optional(),
    middle_name: words(1000).optional(),
    suffix: words(1000).optional(),
    prefix: words(1000).optional(),
  })
  .refine((parts) => Object.keys(parts).length > 1, "one part of the name beside the whole");
const text = z.string().optional();
const contact = z.strictObject({
  name,
  phones: z
    .array(z.strictObject({ phone: z.string(), wa_id: text, type: text }))
    .min(1)
    .optional(),
  emails: z
    .array(z.strictObject({ email: z.string(), type: text }))
    .min(1)
    .optional(),
  addresses: z
    .array(
      z.strictObject({
        street: text,
        city: text,
        state: text,
        zip: text,
        country: text,
        country_code: text,
        type: text,
      }),
    )
    .min(1)
    .optional(),
  org: z.strictObject({ company: text, department: text, title: text }).optional(),
  urls: z
    .array(z.strictObject({ url: z.string(), type: text }))
    .min(1)
    .optional(),
  birthday: z
    .string()
    .regex(/^\d{4}-\d{2}-\d{2}$/)
    .optional(),
});

const textHeader = z.strictObject({ type: z.literal("text"), text: words(60) });
const header = z.discriminatedUnion("type", [
  textHeader,
  z.strictObject({ type: z.literal("image"), image: z.strictObject(file) }),
  z.strictObject({ type: z.literal("video"), video: z.strictObject(file) }),
  z.strictObject({ type: z.literal("document"), document: z.strictObject(file) }),
]);
const body = (max: number) => z.strictObject({ text: words(max) });
const footer = body(60).optional();
const unique = <Item>(key: (item: Item) => string) =>
  [(items: readonly Item[]) => new Set(items.map(key)).size === items.length, "each only once"] as const;

const replyButton = z.strictObject({
  type: z.literal("reply"),
  reply: z.strictObject({ id: words(256), title: words(20) }),
});
const row = z.strictObject({ id: words(200), title: words(24), description: z.string().max(72).optional() });
const rowSections = z
  .array(z.strictObject({ title: words(24).optional(), rows: z.array(row).min(1) }))
  .min(1)
  .max(10)
  .refine((all) => all.length === 1 || all.every(({ title }) => title !== undefined), "a title for each section")
  .refine((all) => all.flatMap(({ rows }) => rows).length <= 10, "ten rows in all")
  .refine(
    (all) =>
      new Set(all.flatMap(({ rows }) => rows.map(({ id }) => id))).size === all.flatMap(({ rows }) => rows).length,
  );
const products = z
  .array(
    z.strictObject({
      title: words(24),
      product_items: z.array(z.strictObject({ product_retailer_id: words(1000) })).min(1),
    }),
  )
  .min(1)
  .max(10)
  .refine((all) => all.flatMap(({ product_items }) => product_items).length <= 30, "thirty products in all");

const interactive = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("button"),
    header: header.optional(),
    body: body(1024),
    footer,
    action: z.strictObject({
      buttons: z
        .array(replyButton)
        .min(1)
        .max(3)
        .refine(...unique<z.infer<typeof replyButton>>(({ reply }) => reply.id))
        .refine(...unique<z.infer<typeof replyButton>>(({ reply }) => reply.title)),
    }),
  }),
  z.strictObject({
    type: z.literal("list"),
    header: textHeader.optional(),
    body: body(4096),
    footer,
    action: z.strictObject({ button: words(20), sections: rowSections }),
  }),
  z.strictObject({
    type: z.literal("cta_url"),
    header: header.optional(),
    body: body(1024),
    footer,
    action: z.strictObject({
      name: z.literal("cta_url"),
      parameters: z.strictObject({ display_text: words(20), url: web }),
    }),
  }),
  z.strictObject({
    type: z.literal("location_request_message"),
    body: body(1024),
    action: z.strictObject({ name: z.literal("send_location") }),
  }),
  z.strictObject({
    type: z.literal("request_contact_info"),
    body: body(1024),
    action: z.strictObject({ name: z.literal("request_contact_info") }),
  }),
  z.strictObject({
    type: z.literal("flow"),
    header: header.optional(),
    body: body(1024),
    footer,
    action: z.strictObject({
      name: z.literal("flow"),
      parameters: z
        .strictObject({
          flow_message_version: z.literal("3"),
          flow_id: words(100),
          flow_cta: words(20).regex(/^\P{Extended_Pictographic}*$/u),
          flow_action: z.literal("navigate").optional(),
          flow_action_payload: z.strictObject({ screen: words(1000) }).optional(),
        })
        .refine(
          ({ flow_action, flow_action_payload }) => (flow_action === undefined) === (flow_action_payload === undefined),
        ),
    }),
  }),
  z.strictObject({
    type: z.literal("product"),
    body: body(1024).optional(),
    footer,
    action: z.strictObject({ catalog_id: words(100), product_retailer_id: words(1000) }),
  }),
  z.strictObject({
    type: z.literal("product_list"),
    header: textHeader,
    body: body(1024),
    footer,
    action: z.strictObject({ catalog_id: words(100), sections: products }),
  }),
  z.strictObject({
    type: z.literal("catalog_message"),
    body: body(1024),
    footer,
    action: z.strictObject({
      name: z.literal("catalog_message"),
      parameters: z.strictObject({ thumbnail_product_retailer_id: words(1000) }).optional(),
    }),
  }),
]);

/** A message without a template, of any type. */
export const freeRequest = z.discriminatedUnion("type", [
  z.strictObject({
    ...quoting,
    type: z.literal("text"),
    text: z.strictObject({ body: words(4096), preview_url: z.boolean().optional() }),
  }),
  z.strictObject({ ...quoting, type: z.literal("image"), image: z.strictObject({ ...file, caption }) }),
  z.strictObject({ ...quoting, type: z.literal("video"), video: z.strictObject({ ...file, caption }) }),
  z.strictObject({
    ...quoting,
    type: z.literal("audio"),
    audio: z.strictObject({ ...file, voice: z.literal(true).optional() }),
  }),
  z.strictObject({
    ...quoting,
    type: z.literal("document"),
    document: z.strictObject({ ...file, caption, filename: words(240).optional() }),
  }),
  z.strictObject({ ...quoting, type: z.literal("sticker"), sticker: z.strictObject(file) }),
  z.strictObject({
    ...quoting,
    type: z.literal("location"),
    location: z
      .strictObject({
        latitude: z.number().min(-90).max(90),
        longitude: z.number().min(-180).max(180),
        name: words(1000).optional(),
        address: words(1000).optional(),
      })
      .refine(({ name: named, address }) => address === undefined || named !== undefined, "shown only with a name"),
  }),
  z.strictObject({ ...quoting, type: z.literal("contacts"), contacts: z.array(contact).min(1).max(257) }),
  z.strictObject({
    ...head,
    type: z.literal("reaction"),
    reaction: z.strictObject({ message_id: wamid, emoji: z.string().max(64) }),
  }),
  z.strictObject({ ...quoting, type: z.literal("interactive"), interactive }),
]);

const value = z.string().regex(/^(?!.*[\n\t]| {5})[^]+$/);
const namedText = z.strictObject({
  type: z.literal("text"),
  parameter_name: z.string().regex(/^[a-z0-9_]+$/),
  text: value,
});
const placedText = z.strictObject({ type: z.literal("text"), text: value });
const texts = z.union([z.array(namedText).min(1), z.array(placedText).min(1)]);
const picture = [
  z.strictObject({ type: z.literal("image"), image: z.strictObject(file) }),
  z.strictObject({ type: z.literal("video"), video: z.strictObject(file) }),
] as const;

const button = z.strictObject({
  type: z.literal("button"),
  sub_type: z.enum(["url", "copy_code", "flow"]),
  index: z.string().regex(/^\d$/),
  parameters: z.tuple([
    z.discriminatedUnion("type", [
      placedText,
      z.strictObject({ type: z.literal("coupon_code"), coupon_code: words(20) }),
      z.strictObject({ type: z.literal("action"), action: z.strictObject({ flow_token: words(200) }) }),
    ]),
  ]),
});
const bodyComponent = z.strictObject({ type: z.literal("body"), parameters: texts });
const card = z.strictObject({
  card_index: z.int().min(0).max(9),
  components: z
    .array(
      z.discriminatedUnion("type", [
        z.strictObject({
          type: z.literal("header"),
          parameters: z.tuple([z.discriminatedUnion("type", [...picture])]),
        }),
        bodyComponent,
        button,
      ]),
    )
    .min(1),
});

const component = z.discriminatedUnion("type", [
  z.strictObject({
    type: z.literal("header"),
    parameters: z.tuple([
      z.union([
        namedText,
        placedText,
        ...picture,
        z.strictObject({ type: z.literal("document"), document: z.strictObject(file) }),
        z.strictObject({
          type: z.literal("location"),
          location: z.strictObject({
            latitude: z.number(),
            longitude: z.number(),
            name: z.string(),
            address: z.string(),
          }),
        }),
      ]),
    ]),
  }),
  bodyComponent,
  button,
  z.strictObject({
    type: z.literal("limited_time_offer"),
    parameters: z.tuple([
      z.strictObject({
        type: z.literal("limited_time_offer"),
        limited_time_offer: z.strictObject({ expiration_time_ms: z.int().positive() }),
      }),
    ]),
  }),
  z.strictObject({ type: z.literal("carousel"), cards: z.array(card).min(2).max(10) }),
]);

export const templateRequest = z.strictObject({
  ...head,
  type: z.literal("template"),
  template: z.strictObject({
    name: z.string().regex(/^[a-z0-9_]{1,512}$/),
    language: z.strictObject({ code: z.string(), policy: z.literal("deterministic").optional() }),
    components: z.array(component).optional(),
  }),
});
