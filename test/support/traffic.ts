import { seededRandom } from "./random.ts";

/** A stretch of what Meta tells a firm, of every kind, made from a seed: written from Meta's documentation, for replays and mutations. */

type Json = Readonly<Record<string, unknown>>;

export type Update = {
  readonly field: string;
  readonly value: Json;
  /** Unix seconds, as `entry[].time` tells them for news of an account. */
  readonly time: number;
};

type Place = {
  readonly phoneNumberId: string;
  readonly people: number;
  readonly from: number;
  readonly seconds: number;
};

const hash = "b".repeat(64);
const parts: readonly ((random: Pick<Dice, "of" | "below">, id: string) => Json)[] = [
  (_, id) => ({ type: "text", text: { body: `Bonjour, ça va ? 😀 ${id}` } }),
  ({ of }, id) => {
    const type = of(["image", "video", "sticker"]);
    return { type, [type]: { id: `m${id}`, mime_type: "image/jpeg", sha256: hash, caption: id } };
  },
  (_, id) => ({
    type: "audio",
    audio: { id: `m${id}`, mime_type: "audio/ogg; codecs=opus", sha256: hash, voice: true },
  }),
  (_, id) => ({
    type: "document",
    document: { id: `m${id}`, mime_type: "application/pdf", sha256: hash, filename: "a.pdf" },
  }),
  ({ below }) => ({ type: "location", location: { latitude: below(90), longitude: below(180), name: "Here" } }),
  () => ({ type: "contacts", contacts: [{ name: { formatted_name: "Ann Lee" }, phones: [{ phone: "+15550100" }] }] }),
  () => ({ type: "button", button: { text: "Yes", payload: "YES" } }),
  () => ({ type: "interactive", interactive: { type: "button_reply", button_reply: { id: "a", title: "A" } } }),
  () => ({
    type: "interactive",
    interactive: { type: "list_reply", list_reply: { id: "b", title: "B", description: "b" } },
  }),
  () => ({
    type: "interactive",
    interactive: { type: "nfm_reply", nfm_reply: { name: "flow", body: "Sent", response_json: '{"a":1}' } },
  }),
  () => ({
    type: "order",
    order: {
      catalog_id: "1",
      product_items: [{ product_retailer_id: "p", quantity: 1, item_price: 2, currency: "EUR" }],
    },
  }),
  () => ({
    type: "unsupported",
    errors: [{ code: 131051, title: "Unsupported message type" }],
    unsupported: { type: "poll_creation" },
  }),
  (_, id) => ({ type: "hologram", hologram: { id } }),
  () => ({ type: "text", text: { body: "STOP" } }),
  (_, id) => ({
    type: "text",
    text: { body: id },
    referral: {
      source_type: "ad",
      source_id: "1",
      source_url: "https://fb.me/1",
      headline: "Sofas",
      body: "Now",
      ctwa_clid: "c",
    },
  }),
];

type Dice = {
  readonly below: (limit: number) => number;
  readonly of: <T>(list: readonly T[]) => T;
};

function dice(seed: number): Dice {
  const random = seededRandom(seed);
  const below = (limit: number) => Math.floor(random() * limit);
  return {
    below,
    of: (list) => {
      const chosen = list[below(list.length)];
      if (chosen === undefined) throw new Error("there is nothing to choose from");
      return chosen;
    },
  };
}

/** `count` updates over the time of `place`, in their natural order. */
export function traffic(seed: number, count: number, place: Place): Update[] {
  const random = dice(seed);
  const said: { readonly id: string; readonly person: number }[] = [];
  return Array.from({ length: count }, (_, index): Update => {
    const time = place.from + Math.floor((index / count) * place.seconds);
    const person = random.below(place.people);
    const id = `wamid.S${seed}N${index}`;
    const about = (field: string, lists: Json): Update => ({ field, time, value: { ...head(place), ...lists } });
    const message = (part: Json) =>
      about("messages", {
        contacts: [contactOf(person)],
        messages: [{ ...senderOf(person), id, timestamp: String(time), ...part }],
      });
    const earlier = said.length > 0 ? random.of(said) : null;
    const turn = random.below(100);
    if (turn < 55 || earlier === null) {
      said.push({ id, person });
      const quoted = earlier && turn < 10 ? { context: { from: "33199004210", id: earlier.id } } : {};
      return message({ ...random.of(parts)(random, `${seed}n${index}`), ...quoted });
    }
    const own = { ...senderOf(earlier.person), id, timestamp: String(time) };
    const from = (part: Json) =>
      about("messages", { contacts: [contactOf(earlier.person)], messages: [{ ...own, ...part }] });
    if (turn < 60)
      return from({ type: "reaction", reaction: { message_id: earlier.id, emoji: random.of(["👍", "❤️", ""]) } });
    if (turn < 64) {
      const edited = { type: "text", text: { body: `changed at ${time}` } };
      return from({ type: "edit", edit: { original_message_id: earlier.id, message: edited } });
    }
    if (turn < 66) return from({ type: "revoke", revoke: { original_message_id: earlier.id } });
    if (turn < 70) {
      const echo = {
        from: "33199004210",
        to: numberOf(person),
        to_user_id: bsuidOf(person),
        id,
        timestamp: String(time),
      };
      return about("smb_message_echoes", {
        message_echoes: [{ ...echo, type: "text", text: { body: "from the phone" } }],
      });
    }
    if (turn < 85)
      return about("messages", { statuses: [statusOf(random, `wamid.OUT${random.below(40)}`, time, person)] });
    if (turn < 88) {
      const preference = {
        wa_id: numberOf(person),
        user_id: bsuidOf(person),
        detail: "",
        category: "marketing_messages",
      };
      return about("user_preferences", {
        user_preferences: [{ ...preference, value: random.of(["stop", "resume"]), timestamp: time }],
      });
    }
    return { time, ...random.of(accountNews)(time) };
  });
}

const accountNews: readonly ((time: number) => Pick<Update, "field" | "value">)[] = [
  () => ({
    field: "account_alerts",
    value: { entity_type: "BUSINESS", entity_id: "1", alert_info: { alert_type: "OBA_APPROVED" } },
  }),
  () => ({
    field: "account_update",
    value: { event: "ACCOUNT_VIOLATION", violation_info: { violation_type: "SPAM" } },
  }),
  () => ({ field: "business_capability_update", value: { max_daily_conversations_per_business: "TIER_2K" } }),
  () => ({
    field: "phone_number_name_update",
    value: { display_phone_number: "33199004210", decision: "APPROVED", requested_verified_name: "Acme" },
  }),
  (time) => ({ field: "holograms", value: { of: time } }),
];

function statusOf(random: Dice, id: string, time: number, person: number): Json {
  const status = random.of(["sent", "delivered", "read", "played", "failed"]);
  const error = {
    code: 131026,
    title: "Message undeliverable",
    message: "Message undeliverable",
    error_data: { details: "" },
  };
  const who = { recipient_id: numberOf(person), recipient_user_id: bsuidOf(person) };
  return { id, status, timestamp: String(time), ...who, ...(status === "failed" ? { errors: [error] } : {}) };
}

function head({ phoneNumberId }: Place): Json {
  return {
    messaging_product: "whatsapp",
    metadata: { display_phone_number: "33199004210", phone_number_id: phoneNumberId },
  };
}

const numberOf = (person: number) => `33638${String(person).padStart(6, "0")}`;
const bsuidOf = (person: number) => `FR.77${person}`;
const senderOf = (person: number) => ({ from: numberOf(person), from_user_id: bsuidOf(person) });
const contactOf = (person: number) => ({
  profile: { name: `P${person}` },
  wa_id: numberOf(person),
  user_id: bsuidOf(person),
});

/** The same list in another order. */
export function shuffled<T>(seed: number, list: readonly T[]): T[] {
  const random = seededRandom(seed);
  return list
    .map((item) => ({ item, key: random() }))
    .toSorted((a, b) => a.key - b.key)
    .map(({ item }) => item);
}

/** Bodies of one account that carry the updates, up to `size` in each. */
export function bodies(wabaId: string, updates: readonly Update[], size: number): string[] {
  return Array.from({ length: Math.ceil(updates.length / size) }, (_, index) => {
    const entry = updates
      .slice(index * size, (index + 1) * size)
      .map(({ field, value, time }) => ({ id: wabaId, time, changes: [{ field, value }] }));
    return JSON.stringify({ object: "whatsapp_business_account", entry });
  });
}
