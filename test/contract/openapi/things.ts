import { SAMPLES } from "@aparte/simulators/whatsapp/media/samples.ts";
import { FLOW_JSON, type Platform } from "./platform.ts";

/**
 * The things that requests speak of, each made or found on the platform by its own interface when a request first
 * speaks of it: `find("flow")` is the id of a published flow.
 */
export type Find = (thing: string) => Promise<string>;
type Maker = (platform: Platform, find: Find) => Promise<string> | string;

/** A person who has written to the business; the range of the number is kept free for fiction. */
export const CUSTOMER = "33639980042";

const idOf = ({ id }: Record<string, unknown>): string => {
  if (typeof id !== "string") throw new Error("There is no id.");
  return id;
};

const uploaded = (kind: string): Maker => {
  return async ({ ask, identity }) => {
    const { body } = await ask({
      method: "POST",
      path: `/${identity.phone_number_id}/media`,
      body: { messaging_product: "whatsapp", file: `@file.${kind}` },
    });
    return idOf(body as Record<string, unknown>);
  };
};

/** The handle of a file that is put in as a sample: announced first, its bytes after. */
const handleOf = (kind: "image" | "video" | "document"): Maker => {
  return async ({ ask, post, identity }) => {
    const { bytes, mimeType } = SAMPLES[kind];
    const announced = `/${identity.app_id}/uploads?file_length=${bytes.length}&file_type=${mimeType}`;
    const path = `/${idOf(await post(announced))}`;
    const { body } = await ask({ method: "POST", path, body: bytes, headers: { file_offset: "0" } });
    return idOf({ id: (body as Record<string, unknown>).h });
  };
};

/** The first item of a list that the platform keeps. */
async function firstOf({ get }: Platform, path: string): Promise<Record<string, unknown>> {
  const { data } = await get(path);
  const first: unknown = Array.isArray(data) ? data[0] : undefined;
  if (typeof first !== "object" || first === null) throw new Error(`The list ${path} is empty.`);
  return first as Record<string, unknown>;
}

const MAKERS = {
  app: ({ identity }) => identity.app_id,
  otherApp: ({ identity }) => identity.accounts[1]?.app_id ?? "",
  business: ({ identity }) => identity.business_id,
  otherBusiness: ({ identity }) => identity.accounts[1]?.business_id ?? "",
  account: ({ identity }) => identity.waba_id,
  number: ({ identity }) => identity.phone_number_id,
  user: async ({ get }) => idOf(await get("/me")),
  customer: () => `+${CUSTOMER}`,
  customerDigits: () => CUSTOMER,
  link: () => "https://example.com/file",
  pin: ({ identity }) => identity.phone_numbers[0]?.pin ?? "",
  /** A message of the customer's. */
  heard: async ({ steer }, find) =>
    idOf(
      await steer("inbound", {
        phone_number_id: await find("number"),
        from: CUSTOMER,
        type: "text",
        text: { body: "Hello" },
      }),
    ),
  /** A message of the business's. */
  sent: async ({ post }, find) => {
    const text = { messaging_product: "whatsapp", to: `+${CUSTOMER}`, type: "text", text: { body: "Hello" } };
    const { messages } = await post(`/${await find("number")}/messages`, text);
    return idOf((messages as Record<string, unknown>[])[0] ?? {});
  },
  image: uploaded("jpg"),
  audio: uploaded("ogg"),
  sticker: uploaded("webp"),
  video: uploaded("mp4"),
  document: uploaded("pdf"),
  imageHandle: handleOf("image"),
  videoHandle: handleOf("video"),
  documentHandle: handleOf("document"),
  qrCode: async ({ post }, find) => {
    const { code } = await post(`/${await find("number")}/message_qrdls`, { prefilled_message: "I have a question" });
    return String(code);
  },
  draftFlow: async ({ post }, find) =>
    idOf(
      await post(`/${await find("account")}/flows`, {
        name: "visit_draft",
        categories: ["OTHER"],
        flow_json: FLOW_JSON,
      }),
    ),
  flow: async ({ post }, find) => {
    const request = { name: "visit", categories: ["OTHER"], flow_json: FLOW_JSON };
    const id = idOf(await post(`/${await find("account")}/flows`, request));
    await post(`/${id}/publish`);
    return id;
  },
  group: async (platform, find) => {
    const path = `/${await find("number")}/groups`;
    const group = { subject: "Watch enthusiasts", join_approval_mode: "approval_required" };
    await platform.post(path, { messaging_product: "whatsapp", ...group });
    await platform.steer("clock", { advance_ms: 10_000 });
    const { data } = await platform.get(path);
    const { groups } = data as { groups: Record<string, unknown>[] };
    return idOf(groups[0] ?? {});
  },
  /** A person in the group. */
  member: async ({ post }, find) => {
    const participants = [{ user: `+${CUSTOMER}` }];
    await post(`/${await find("group")}/participants`, { messaging_product: "whatsapp", participants });
    return `+${CUSTOMER}`;
  },
  joinRequest: async (platform, find) => {
    await platform.steer(`groups/${await find("group")}/join`, { from: CUSTOMER });
    const { join_request_id } = await firstOf(platform, `/${await find("group")}/join_requests`);
    return idOf({ id: join_request_id });
  },
  /** A person who has allowed to be called, by a number that calls. */
  callable: async ({ post, steer }, find) => {
    const number = await find("number");
    await post(`/${number}/settings`, { calling: { status: "ENABLED" } });
    const interactive = { type: "call_permission_reply", call_permission_reply: { response: "accept" } };
    await steer("inbound", { phone_number_id: number, from: CUSTOMER, type: "interactive", interactive });
    return CUSTOMER;
  },
  /** A person's call that nobody has answered. */
  ringing: async ({ steer }, find) =>
    idOf(await steer("calls", { phone_number_id: await find("number"), from: await find("callable") })),
  call: async ({ post }, find) => {
    await find("callable");
    const session = { sdp_type: "offer", sdp: "v=0" };
    const request = { messaging_product: "whatsapp", to: CUSTOMER, action: "connect", session };
    const { calls } = await post(`/${await find("number")}/calls`, request);
    return idOf((calls as Record<string, unknown>[])[0] ?? {});
  },
  history: async (platform, find) => {
    await find("sent");
    await platform.steer("clock", { advance_ms: 240_000 });
    return idOf(await firstOf(platform, `/${await find("number")}/message_history`));
  },
  preverified: async ({ post }, find) =>
    idOf(await post(`/${await find("business")}/add_phone_numbers`, { phone_number: "+33639980077" })),
  solution: async ({ post }, find) => {
    const { solution_id, id = solution_id } = await post(`/${await find("app")}/whatsapp_business_solution`, {
      owner_permissions: ["MESSAGING"],
      partner_app_id: await find("otherApp"),
      partner_permissions: [],
      solution_name: "Messaging for two",
    });
    return idOf({ id });
  },
  migrationIntent: async ({ post }, find) => {
    const request = {
      solution_id: await find("solution"),
      migration_intent: "INITIATE_MIGRATION",
      target_solution_id: await find("solution"),
    };
    const { migration_intent_id } = await post(`/${await find("account")}/set_solution_migration_intent`, request);
    return idOf({ id: migration_intent_id });
  },
  mobilityIntent: async ({ post }, find) => {
    const request = {
      waba_id: await find("account"),
      solution_id: await find("solution"),
      app_id: await find("app"),
      client_mutation_id: "once",
    };
    const { intent_id } = await post(`/${await find("account")}/set_obo_mobility_intent`, request);
    return idOf({ id: intent_id });
  },
  bot: async ({ get, post }, find) => {
    const number = await find("number");
    await post(`/${number}/conversational_automation`, { enable_welcome_message: true, prompts: ["Book a visit"] });
    const { conversational_automation } = await get(`/${number}?fields=conversational_automation`);
    return idOf(conversational_automation as Record<string, unknown>);
  },
  template: async (platform, find) =>
    idOf(await firstOf(platform, `/${await find("account")}/message_templates?limit=1`)),
  templateName: async (platform, find) => {
    const { name } = await firstOf(platform, `/${await find("account")}/message_templates?limit=1`);
    return String(name);
  },
  /** The code that the platform has just texted to the number: it can only be read where texts are read. */
  verificationCode: async (platform, find) => {
    await platform.post(`/${await find("number")}/request_code`, { code_method: "SMS", language: "en_US" });
    const codes = (await platform.ledger()).map(({ code }) => code).filter((code) => typeof code === "string");
    return String(codes.at(-1));
  },
  /** A callback that answers the challenge, whatever the verify token. */
  callback: (platform) => platform.callback,
  profile: async (platform, find) =>
    idOf(await firstOf(platform, `/${await find("number")}/whatsapp_business_profile?fields=id`)),
} satisfies Record<string, Maker>;

export type Thing = keyof typeof MAKERS;

/** Finds each thing once. */
export function finder(platform: Platform): Find {
  const found = new Map<string, Promise<string>>();
  const find: Find = (thing) => {
    const maker: Maker | undefined = (MAKERS as Readonly<Record<string, Maker>>)[thing];
    if (maker === undefined) throw new Error(`It is not known how a ${thing} is made.`);
    const known = found.get(thing) ?? Promise.resolve(maker(platform, find));
    found.set(thing, known);
    return known;
  };
  return find;
}
