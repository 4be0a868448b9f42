import {
  mediaKinds,
  type ContactCard,
  type FreeContent,
  type InteractiveAction,
  type InteractiveHeader,
  type MediaKind,
} from "@aparte/core/message-content.ts";
import fc from "fast-check";

/** Contents of every kind that a person can compose, right and wrong, near the limits and far from them. */

/** The files that contents name, one of each kind. */
export const fileIds = {
  image: "f-image",
  video: "f-video",
  audio: "f-audio",
  document: "f-document",
  sticker: "f-sticker",
};

const sentences = fc.constantFrom(
  "Ça va l'été ? 👩‍👩‍👧",
  "“Ne t'inquiète pas” — à 9 h 30",
  "Preço: R$ 10,00 ✅",
  "see https://example.com/a?b=c#d now",
  "Здравствуйте! नमस्ते 你好",
);
const words = (limit: number): fc.Arbitrary<string> =>
  fc.oneof(
    { weight: 4, arbitrary: sentences.map((text) => text.slice(0, limit).toWellFormed()) },
    { weight: 4, arbitrary: fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 }) },
    { weight: 1, arbitrary: fc.constantFrom("x".repeat(limit), "é".repeat(limit + 1), "", " ") },
  );
const orNull = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: null, freq: 2 });
const id = fc.string({ unit: "grapheme-ascii", minLength: 1, maxLength: 40 });

const card: fc.Arbitrary<ContactCard> = fc.record({
  name: words(100),
  phones: fc.array(fc.record({ number: fc.constant("+15550100042"), label: orNull(words(20)) }), { maxLength: 2 }),
  emails: fc.array(fc.record({ email: fc.emailAddress(), label: orNull(words(20)) }), { maxLength: 2 }),
  organization: orNull(words(60)),
  title: orNull(words(60)),
  addresses: fc.array(words(100), { maxLength: 2 }),
  urls: fc.array(fc.webUrl(), { maxLength: 2 }),
  birthday: orNull(fc.constantFrom("1990-02-28", "28/02/1990")),
  requested: fc.constant(false),
});

const header: fc.Arbitrary<InteractiveHeader> = fc.oneof(
  words(60).map((text) => ({ type: "text", text }) as const),
  fc
    .constantFrom("image" as const, "video" as const, "document" as const)
    .map((type) => ({ type, fileId: fileIds[type] })),
);

const row = fc.record({ id, title: words(24), description: orNull(words(72)) });
const actions: Readonly<Record<InteractiveAction["type"], fc.Arbitrary<InteractiveAction>>> = {
  buttons: fc.record({
    type: fc.constant("buttons" as const),
    buttons: fc.array(fc.record({ id, title: words(20) }), { minLength: 1, maxLength: 4 }),
  }),
  list: fc.record({
    type: fc.constant("list" as const),
    button: words(20),
    sections: fc.array(fc.record({ title: orNull(words(24)), rows: fc.array(row, { maxLength: 6 }) }), {
      minLength: 1,
      maxLength: 3,
    }),
  }),
  link: fc.record({
    type: fc.constant("link" as const),
    button: words(20),
    url: fc.oneof(fc.webUrl({ withQueryParameters: true, withFragments: true }), fc.constantFrom("example.com", "")),
  }),
  location_request: fc.constant({ type: "location_request" }),
  contact_request: fc.constant({ type: "contact_request" }),
  flow: fc.record({
    type: fc.constant("flow" as const),
    button: words(20),
    flowId: fc.constantFrom("1234567890123456", ""),
    screen: orNull(fc.constant("DAY")),
  }),
  product: fc.record({ type: fc.constant("product" as const), catalogId: fc.constant("77001"), productId: id }),
  product_list: fc.record({
    type: fc.constant("product_list" as const),
    catalogId: fc.constant("77001"),
    sections: fc.array(fc.record({ title: words(24), productIds: fc.uniqueArray(id, { maxLength: 12 }) }), {
      minLength: 1,
      maxLength: 3,
    }),
  }),
  catalog: fc.record({ type: fc.constant("catalog" as const), thumbnailProductId: orNull(id) }),
};

const media = (kind: MediaKind): fc.Arbitrary<FreeContent> =>
  fc
    .record({ fileName: orNull(words(240)), caption: orNull(words(1024)), voice: fc.boolean() })
    .map((rest) => ({ kind: "media", media: kind, fileId: fileIds[kind], ...rest }));

const interactive = (action: fc.Arbitrary<InteractiveAction>): fc.Arbitrary<FreeContent> =>
  fc.record({
    kind: fc.constant("interactive" as const),
    header: orNull(header),
    body: words(1024),
    footer: orNull(words(60)),
    action,
  });

/** An arbitrary for each kind, by its name. */
export const contentKinds: Readonly<Record<string, fc.Arbitrary<FreeContent>>> = {
  text: words(4096).map((text) => ({ kind: "text", text })),
  ...Object.fromEntries(mediaKinds.map((kind) => [kind, media(kind)])),
  location: fc.record({
    kind: fc.constant("location" as const),
    latitude: fc.double({ min: -91, max: 91, noNaN: true }),
    longitude: fc.double({ min: -181, max: 181, noNaN: true }),
    name: orNull(words(200)),
    address: orNull(words(200)),
  }),
  contacts: fc.array(card, { maxLength: 3 }).map((cards) => ({ kind: "contacts", cards })),
  reaction: orNull(fc.constantFrom("👍", "👩‍👩‍👧", "🇫🇷", "1️⃣", "ok", "👍👍")).map((emoji) => ({
    kind: "reaction",
    emoji,
  })),
  ...Object.fromEntries(Object.entries(actions).map(([name, action]) => [name, interactive(action)])),
};
