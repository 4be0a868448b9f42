import { generateKeyPairSync } from "node:crypto";
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

const grouped = (join_approval_mode: string): Maker => {
  const subject = `Watch enthusiasts, ${join_approval_mode}`;
  return async (platform, find) => {
    const path = `/${await find("number")}/groups`;
    await platform.post(path, { messaging_product: "whatsapp", subject, join_approval_mode });
    await platform.steer("clock", { advance_ms: 10_000 });
    const { data } = await platform.get(path);
    const { groups } = data as { groups: Record<string, unknown>[] };
    return idOf(groups.find((group) => group.subject === subject) ?? {});
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

async function lastCode({ ledger }: Platform): Promise<string> {
  const sent = (await ledger()).findLast(({ kind }) => kind === "code_sent");
  return idOf({ id: sent?.code });
}

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
  /** A customer who has written today. */
  writer: async (_platform, find) => {
    await find("heard");
    return `+${CUSTOMER}`;
  },
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
  draftFlow: async ({ post }, find) => {
    const request = { name: "visit_draft", categories: ["OTHER"], flow_json: FLOW_JSON };
    return idOf(await post(`/${await find("account")}/flows`, request));
  },
  flow: async ({ post }, find) => {
    const request = { name: "visit", categories: ["OTHER"], flow_json: FLOW_JSON };
    const id = idOf(await post(`/${await find("account")}/flows`, request));
    await post(`/${id}/publish`);
    return id;
  },
  group: grouped("auto_approve"),
  closedGroup: grouped("approval_required"),
  /** A person who has asked to join the group. */
  joinRequest: async (platform, find) => {
    const { join_requests } = await platform.steer(`groups/${await find("closedGroup")}/join`, { from: CUSTOMER });
    return idOf({ id: (join_requests as unknown[])[0] });
  },
  member: async (platform, find) => {
    await platform.steer(`groups/${await find("group")}/join`, { from: CUSTOMER });
    return `+${CUSTOMER}`;
  },
  /** A call of the customer's, still ringing. */
  call: async (platform, find) =>
    idOf(await platform.steer("calls", { phone_number_id: await find("callingNumber"), from: CUSTOMER })),
  /** A number that takes calls. */
  callingNumber: async ({ post }, find) => {
    const number = await find("number");
    await post(`/${number}/settings`, { calling: { status: "ENABLED" } });
    return number;
  },
  /** A customer who lets the business call. */
  callable: async ({ steer }, find) => {
    const reply = { response: "accept", is_permanent: true, response_source: "user_action" };
    await steer("inbound", {
      phone_number_id: await find("callingNumber"),
      from: CUSTOMER,
      type: "interactive",
      interactive: { type: "call_permission_reply", call_permission_reply: reply },
    });
    return CUSTOMER;
  },
  /** A number that encrypts what it sends. */
  encryptingNumber: async ({ post }, find) => {
    const number = await find("number");
    const { publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const client_encryption_key = publicKey.export({ type: "spki", format: "der" }).toString("base64");
    await post(`/${number}/settings`, { payload_encryption: { status: "ENABLED", client_encryption_key } });
    return number;
  },
  publicKey: () =>
    generateKeyPairSync("rsa", { modulusLength: 2048 }).publicKey.export({ type: "spki", format: "pem" }).toString(),
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
  activeSolution: async ({ post }, find) => {
    const id = await find("solution");
    await post(`/${id}/accept`, { partner_app_id: await find("otherApp") });
    return id;
  },
  /** A solution that its partner has asked to leave. */
  leavingSolution: async ({ post }, find) => {
    const id = await find("activeSolution");
    await post(`/${id}/send_deactivation_request`);
    return id;
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
  /** A template that an example edits. */
  editable: async (platform, find) => {
    const components = [{ type: "BODY", text: "Our Spring Sale is on! Come and see us." }];
    const definition = { name: "2023_april_promo", language: "en_US", category: "MARKETING", components };
    const id = idOf(await platform.post(`/${await find("account")}/message_templates`, definition));
    await platform.steer("clock", { advance_ms: 60_000 });
    return id;
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
    return lastCode(platform);
  },
  preverifiedCode: async (platform, find) => {
    await platform.post(`/${await find("preverified")}/request_code`, { code_method: "SMS", language: "en_US" });
    return lastCode(platform);
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
