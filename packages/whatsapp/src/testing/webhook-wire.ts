import fc from "fast-check";

/**
 * Webhook bodies as Meta's reference writes them, of every field and type, with every optional key there or not. For
 * tests alone.
 */

const digits = (length: number) => fc.stringMatching(new RegExp(`^[1-9]\\d{${length - 1}}$`));
const words = fc.string({ unit: "grapheme", minLength: 1, maxLength: 20 });
export const seconds = fc.oneof(
  fc.integer({ min: 1, max: 4_000_000_000 }),
  fc.integer({ min: 1, max: 4_000_000_000 }).map(String),
);
const phone = digits(11);
const bsuid = digits(20).map((id) => `US.${id}`);
const wamid = digits(12).map((id) => `wamid.${id}`);

/** An object of whose keys only the first ones are always there. */
function part(required: Record<string, fc.Arbitrary<unknown>>, optional: Record<string, fc.Arbitrary<unknown>> = {}) {
  return fc.record({ ...required, ...optional }, { requiredKeys: Object.keys(required) });
}

const medium = (more: Record<string, fc.Arbitrary<unknown>> = {}) =>
  part(
    { id: digits(16), mime_type: fc.constantFrom("image/jpeg", "audio/ogg; codecs=opus") },
    { sha256: fc.base64String({ minLength: 44, maxLength: 44 }), url: fc.webUrl(), caption: words, ...more },
  );
const choice = part({ id: words, title: words }, { description: words });
const contactCard = part(
  { name: part({ formatted_name: words }, { first_name: words, last_name: words }) },
  {
    phones: fc.array(part({ phone: words }, { wa_id: phone, type: words }), { maxLength: 2 }),
    emails: fc.array(part({ email: words }), { maxLength: 2 }),
    addresses: fc.array(part({}, { street: words, city: words }), { maxLength: 2 }),
    org: part({}, { company: words, title: words }),
    urls: fc.array(part({ url: words }), { maxLength: 2 }),
    origin: fc.constantFrom("contact_request", "other"),
    birthday: fc.constant("1990-02-28"),
  },
);

const objects: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  text: part({ body: words }),
  image: medium(),
  video: medium(),
  audio: medium({ voice: fc.boolean() }),
  document: medium({ filename: words }),
  sticker: medium({ animated: fc.boolean() }),
  location: part(
    {
      latitude: fc.double({ min: -90, max: 90, noNaN: true }),
      longitude: fc.double({ min: -180, max: 180, noNaN: true }),
    },
    { name: words, address: words, url: fc.webUrl() },
  ),
  contacts: fc.array(contactCard, { minLength: 1, maxLength: 3 }),
  button: part({ text: words }, { payload: words }),
  interactive: fc.oneof(
    choice.map((reply) => ({ type: "button_reply", button_reply: reply })),
    choice.map((reply) => ({ type: "list_reply", list_reply: reply })),
    part({ name: fc.constantFrom("flow", "address_message"), response_json: fc.json() }, { body: words }).map(
      (reply) => ({ type: "nfm_reply", nfm_reply: reply }),
    ),
    part(
      { response: fc.constantFrom("accept", "reject") },
      { expiration_timestamp: seconds, is_permanent: fc.boolean() },
    ).map((reply) => ({ type: "call_permission_reply", call_permission_reply: reply })),
    words.map((kind) => ({ type: `x${kind}` })),
  ),
  order: part(
    {
      catalog_id: digits(8),
      product_items: fc.array(
        part({
          product_retailer_id: words,
          quantity: fc.integer({ min: 1, max: 99 }),
          item_price: fc.double({ min: 0, max: 1e6, noNaN: true }),
          currency: fc.constant("EUR"),
        }),
        { maxLength: 3 },
      ),
    },
    { text: words },
  ),
  reaction: part({ message_id: wamid }, { emoji: fc.constantFrom("👍", "", "👩‍👩‍👧") }),
  revoke: part({ original_message_id: wamid }),
  unsupported: part({}, { type: words }),
};

const said = fc.oneof(
  ...Object.entries(objects).map(([type, object]) => object.map((value) => ({ type, [type]: value }))),
  words.map((type) => ({ type: `x${type}` })),
);
const edit = said
  .filter(({ type }) => type !== "reaction" && type !== "revoke")
  .chain((message) => wamid.map((id) => ({ type: "edit", edit: { original_message_id: id, message } })));
const system = fc
  .oneof(
    part(
      { type: fc.constant("user_changed_number"), wa_id: phone, previous_user_id: bsuid },
      { user_id: bsuid, body: words },
    ),
    part({ type: fc.constant("user_changed_user_id"), user_id: bsuid, previous_user_id: bsuid }, { body: words }),
    part({ type: fc.constant("customer_identity_changed") }, { body: words }),
  )
  .map((value) => ({ type: "system", system: value }));

const around = part(
  {},
  {
    context: part(
      {},
      {
        id: wamid,
        from: phone,
        forwarded: fc.constant(true),
        frequently_forwarded: fc.constant(true),
        referred_product: part({ catalog_id: digits(8), product_retailer_id: words }),
      },
    ),
    referral: part(
      { source_url: fc.webUrl(), source_type: fc.constantFrom("ad", "post"), source_id: digits(12) },
      { headline: words, body: words, ctwa_clid: words },
    ),
  },
);
const head = part({ id: wamid, timestamp: seconds });
const writer = fc.oneof(
  part({ from: phone, from_user_id: bsuid }),
  part({ from: phone }),
  part({ from_user_id: bsuid }),
);

/** Puts parts of a message into one object. */
function message(...parts: readonly fc.Arbitrary<object>[]): fc.Arbitrary<object> {
  return fc.tuple(...parts).map((all) => Object.assign({}, ...all) as object);
}

const status = part(
  { id: wamid, status: fc.constantFrom("sent", "delivered", "read", "played", "failed"), timestamp: seconds },
  {
    recipient_id: phone,
    recipient_user_id: bsuid,
    biz_opaque_callback_data: words,
    errors: fc.constant([{ code: 131026, title: "Message undeliverable", error_data: { details: "why" } }]),
    pricing: part(
      { category: fc.constantFrom("marketing", "service"), pricing_model: fc.constant("PMP") },
      {
        billable: fc.boolean(),
        type: fc.constantFrom("regular", "free_entry_point"),
      },
    ),
    conversation: part({ id: words }, { origin: part({ type: words }), expiration_timestamp: seconds }),
  },
);
const preference = part(
  {
    user_id: bsuid,
    category: fc.constant("marketing_messages"),
    value: fc.constantFrom("stop", "resume"),
    timestamp: seconds,
  },
  { wa_id: phone, detail: words },
);
const bookEntry = part({
  type: fc.constant("contact"),
  action: fc.constantFrom("add", "remove"),
  contact: part({ phone_number: phone, full_name: words }, { first_name: words }),
  metadata: part({ timestamp: seconds }),
});
const historyMessage = message(
  head,
  fc.oneof(said, edit),
  part({ from: phone }, { to: phone, history_context: part({ status: fc.constantFrom("READ", "ERROR", "PENDING") }) }),
);
const chunk = part({
  metadata: part({ phase: fc.nat(2), chunk_order: fc.nat(9), progress: fc.nat(100) }),
  threads: fc.array(
    part({ id: fc.oneof(phone, bsuid), messages: fc.array(historyMessage, { minLength: 1, maxLength: 2 }) }),
    { minLength: 1, maxLength: 2 },
  ),
});

const metadata = part({ phone_number_id: digits(16), display_phone_number: phone });
const contacts = fc.array(part({ profile: part({ name: words }) }, { wa_id: phone, user_id: bsuid }), { maxLength: 2 });
const few = (item: fc.Arbitrary<object>, minLength = 0) => fc.array(item, { minLength, maxLength: 3 });
const template = {
  message_template_id: fc.oneof(digits(16), fc.integer({ min: 1 })),
  message_template_name: fc.constant("visit"),
  message_template_language: fc.constantFrom("en-US", "fr"),
};

/** The lists of each field, by key: the wire of one element. */
export const lists: Readonly<Record<string, Readonly<Record<string, fc.Arbitrary<object[]>>>>> = {
  messages: {
    messages: few(fc.oneof(message(head, writer, around, fc.oneof(said, edit)), message(head, writer, system))),
    statuses: few(status, 1),
  },
  user_preferences: { user_preferences: few(preference, 1) },
  smb_message_echoes: {
    message_echoes: few(
      message(head, part({ from: phone, to: phone }, { to_user_id: bsuid }), fc.oneof(said, edit)),
      1,
    ),
  },
  smb_app_state_sync: { state_sync: few(bookEntry, 1) },
  history: { history: few(chunk, 1) },
};

/** The values of fields about an account. */
const accountValues: Readonly<Record<string, fc.Arbitrary<object>>> = {
  message_template_status_update: part(
    { ...template, event: fc.constantFrom("APPROVED", "PAUSED", "REJECTED", "FLAGGED") },
    {
      reason: words,
      other_info: part({ title: words }, { description: words }),
      rejection_info: part({ reason: words }),
    },
  ),
  message_template_quality_update: part({ ...template, new_quality_score: fc.constantFrom("GREEN", "RED") }),
  message_template_components_update: part(
    { ...template, message_template_element: words },
    { message_template_title: words, message_template_footer: words },
  ),
  template_category_update: part({ ...template, new_category: fc.constant("MARKETING") }),
  phone_number_quality_update: part(
    { display_phone_number: phone, event: fc.constant("ONBOARDING") },
    { current_limit: fc.constant("TIER_2K"), max_daily_conversations_per_business: fc.constant("TIER_10K") },
  ),
  phone_number_name_update: part({ display_phone_number: phone, decision: fc.constant("APPROVED") }),
  account_update: part({ event: words }),
  account_alerts: part({ alert_info: part({ alert_type: words }) }),
  security: part({ event: words }),
};

const change = fc.oneof(
  ...Object.entries(lists).map(([field, list]) =>
    fc.record({
      field: fc.constant(field),
      value: part({ messaging_product: fc.constant("whatsapp"), metadata, contacts, ...list }),
    }),
  ),
  ...Object.entries(accountValues).map(([field, value]) => fc.record({ field: fc.constant(field), value })),
);

/** What a body of these arbitraries looks like. */
export type WireBody = {
  readonly object: string;
  readonly entry: readonly {
    readonly id: string;
    readonly time?: number;
    readonly changes: readonly { readonly field: string; readonly value: object }[];
  }[];
};

/** One POST of Meta's. */
export const delivery: fc.Arbitrary<WireBody> = fc.record({
  object: fc.constant("whatsapp_business_account"),
  entry: fc.array(
    fc.record(
      {
        id: digits(17),
        time: fc.integer({ min: 1, max: 4_000_000_000 }),
        changes: fc.array(change, { minLength: 1, maxLength: 3 }),
      },
      { requiredKeys: ["id", "changes"] },
    ),
    { minLength: 1, maxLength: 3 },
  ),
});
