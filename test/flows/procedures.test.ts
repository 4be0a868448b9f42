import { defaultPolicy } from "@aparte/core/consent-policy.ts";
import { emptyDefinition } from "@aparte/core/template-definition.ts";
import { eventNames } from "@aparte/core/events.ts";
import { randomUUID } from "node:crypto";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { call, procedures, type Answer, type Caller, type ProcedureFacts } from "../support/call.ts";
import { meet, reaches, templateNamed, textTo } from "../support/conversation.ts";
import { giveFile, samples } from "../support/files.ts";
import { connectHubSpot } from "../support/hubspot.ts";
import { newNumber } from "../support/meta-webhook.ts";
import { tokenOf } from "../support/sign-in.ts";
import { openStream } from "../support/stream.ts";
import { until } from "@aparte/launch/until.ts";
import { consentListProcedures } from "../support/consent-list-procedures.ts";
import { preferenceProcedures } from "../support/preference-procedures.ts";
import { privacyProcedures } from "../support/privacy-procedures.ts";
import { crmProcedures } from "../support/crm-procedures.ts";
import { password, startWorld, type World } from "../support/world.ts";

type Ids = {
  readonly contactId: string;
  readonly channelId: string;
  readonly templateId: string;
  readonly messageId: string;
  readonly connectionId: string;
  /** Of a HubSpot portal and a contact in it. */
  readonly account: string;
  readonly recordId: string;
  readonly fileId: string;
};

type Expected = {
  readonly role: "public" | "rep" | "manager" | "admin";
  /** An input of the right shape. */
  readonly input?: (ids: Ids) => Readonly<Record<string, unknown>>;
};

const somebody = { name: "Nina New", password };

/** Who may call what: the weakest role. A procedure that is missing here is not yet thought about, and fails. */
const expected: Readonly<Record<string, Expected>> = {
  "channels.list": { role: "rep" },
  "channels.connect": {
    role: "admin",
    input: () => ({ wabaId: "100000000000001", phoneNumberId: "100000000000002", accessToken: "EAAsome-token" }),
  },
  "channels.detail": { role: "manager", input: ({ channelId }) => ({ channelId }) },
  "channels.register": { role: "admin", input: ({ channelId }) => ({ channelId, pin: "000000" }) },
  "channels.changePin": { role: "admin", input: ({ channelId }) => ({ channelId, pin: "123456" }) },
  "channels.requestName": { role: "admin", input: ({ channelId }) => ({ channelId, name: "Maison Lumen" }) },
  "channels.subscribe": { role: "admin", input: ({ channelId }) => ({ channelId }) },
  "channels.refresh": { role: "admin", input: ({ channelId }) => ({ channelId }) },
  "consent.policy": { role: "rep" },
  "consent.savePolicy": { role: "admin", input: () => defaultPolicy },
  "consent.history": { role: "rep", input: ({ contactId }) => ({ contactId }) },
  "consent.record": {
    role: "rep",
    input: ({ contactId }) => ({
      contactId,
      purposes: ["marketing"],
      action: "given",
      method: "in_person",
      wording: "Yes",
      occurredAt: "2026-01-02T03:04:05Z",
    }),
  },
  ...consentListProcedures,
  ...crmProcedures,
  ...preferenceProcedures,
  "identity.me": { role: "rep" },
  "identity.members": { role: "manager" },
  "identity.addMember": {
    role: "admin",
    input: () => ({ ...somebody, email: `${randomUUID()}@acme.test`, role: "rep" }),
  },
  "identity.setUp": {
    role: "public",
    input: () => ({ ...somebody, setupToken: "a guess", workspaceName: "Mine", email: "nina@acme.test" }),
  },
  "media.link": { role: "rep", input: ({ fileId }) => ({ fileId }) },
  "messaging.history": {
    role: "rep",
    input: ({ contactId, channelId, messageId }) => ({ contactId, channelId, before: messageId }),
  },
  "messaging.live": {
    role: "rep",
    input: ({ contactId, channelId }) => ({ contactId, channelId, cursor: "0.0" }),
  },
  "messaging.seen": { role: "rep", input: ({ messageId }) => ({ messageId, typing: false }) },
  "messaging.block": { role: "rep", input: ({ contactId, channelId }) => ({ contactId, channelId }) },
  "messaging.unblock": { role: "rep", input: ({ contactId, channelId }) => ({ contactId, channelId }) },
  "presence.read": { role: "manager", input: ({ channelId }) => ({ channelId }) },
  "presence.photo": { role: "manager", input: ({ channelId }) => ({ channelId }) },
  "presence.saveProfile": {
    role: "admin",
    input: ({ channelId }) => ({
      channelId,
      about: "Open",
      description: "",
      address: "",
      email: "",
      websites: [],
      kind: "RETAIL",
      photoFileId: null,
    }),
  },
  "presence.saveStarters": {
    role: "admin",
    input: ({ channelId }) => ({ channelId, prompts: ["Hello"], commands: [] }),
  },
  "presence.qrCodes": { role: "manager", input: ({ channelId }) => ({ channelId }) },
  "presence.createQrCode": { role: "admin", input: ({ channelId }) => ({ channelId, message: "Hello" }) },
  "presence.changeQrCode": { role: "admin", input: ({ channelId }) => ({ channelId, code: "ABC", message: "Hello" }) },
  "presence.deleteQrCode": { role: "admin", input: ({ channelId }) => ({ channelId, code: "ABC" }) },
  ...privacyProcedures,
  "pricing.rates": { role: "manager" },
  "pricing.replace": { role: "admin", input: () => ({ text: "FR,MARKETING,0.1,EUR" }) },
  "messaging.resend": { role: "rep", input: ({ messageId }) => ({ id: messageId }) },
  "messaging.sendTemplate": {
    role: "rep",
    input: ({ contactId, channelId, templateId }) => ({
      id: randomUUID(),
      contactId,
      channelId,
      templateId,
      values: { "body.first_name": "Ana", "body.quote_number": "Q-1" },
    }),
  },
  "messaging.maySend": {
    role: "rep",
    input: ({ contactId, channelId, templateId }) => ({
      contactId,
      channelId,
      intent: { kind: "template" as const, templateId, values: null },
    }),
  },
  "messaging.sendMany": {
    role: "manager",
    input: ({ contactId, channelId, templateId }) => ({
      channelId,
      templateId,
      origin: "campaign" as const,
      recipients: [{ id: randomUUID(), contactId, values: {} }],
    }),
  },
  "messaging.sendMessage": {
    role: "rep",
    input: ({ contactId, channelId }) => ({
      id: randomUUID(),
      contactId,
      channelId,
      content: { kind: "text" as const, text: "Hi" },
      replyTo: null,
    }),
  },
  "templates.archive": { role: "admin", input: ({ templateId }) => ({ templateId, archived: true }) },
  "templates.create": {
    role: "admin",
    input: ({ channelId }) => ({ id: randomUUID(), channelId, definition: emptyDefinition }),
  },
  "templates.delete": {
    role: "admin",
    input: ({ channelId }) => ({ channelId, name: "no_such_template", templateId: null }),
  },
  "templates.discardDraft": { role: "admin", input: () => ({ id: randomUUID() }) },
  "templates.drafts": { role: "manager", input: ({ channelId }) => ({ channelId }) },
  "templates.edit": {
    role: "admin",
    input: ({ templateId }) => ({ id: randomUUID(), templateId, definition: emptyDefinition }),
  },
  "templates.editable": { role: "admin", input: ({ templateId }) => ({ templateId }) },
  "templates.library": { role: "admin", input: ({ channelId }) => ({ channelId, language: "en_US", search: "" }) },
  "templates.saveDraft": {
    role: "admin",
    input: ({ channelId }) => ({ id: randomUUID(), channelId, templateId: null, definition: emptyDefinition }),
  },
  "templates.takeFromLibrary": {
    role: "admin",
    input: ({ channelId }) => ({
      channelId,
      libraryName: "no_such_template",
      language: "en_US",
      name: "mine",
      buttonTargets: [],
    }),
  },
  "templates.unpause": { role: "admin", input: ({ templateId }) => ({ templateId }) },
  "templates.versions": { role: "manager", input: ({ channelId }) => ({ channelId, name: "quote_ready" }) },
  "templates.list": { role: "rep", input: ({ channelId }) => ({ channelId }) },
  "templates.sync": { role: "admin", input: ({ channelId }) => ({ channelId }) },
  "webhooks.unknown": { role: "admin" },
  "webhooks.problems": { role: "admin" },
  "workspaces.status": { role: "public" },
};

let world: World;
let sql: postgres.Sql;
let ours: Ids;
let workspaceId: string;
/** An admin of another workspace of the same server. */
let stranger: string;
beforeAll(async () => {
  world = await startWorld();
  sql = postgres(world.database.url, { max: 1 });
  ours = await realIds();
  workspaceId = (await world.admin.identity.me.query()).workspace.id;
  stranger = await hireStranger();
});
afterAll(async () => {
  await sql?.end();
  await world?.close();
});

async function realIds(): Promise<Ids> {
  const connectionId = await connectHubSpot(world);
  const contactId = await meet(world, sql, newNumber());
  const text = textTo(world, contactId);
  await world.rep.messaging.sendMessage.mutate(text);
  await reaches(sql, text.id, "read");
  const template = await templateNamed(world, "quote_ready");
  const { portal_id: account, demo_contact_id: recordId } = world.hubspot.identity;
  return {
    contactId,
    connectionId,
    channelId: world.channelId,
    messageId: text.id,
    templateId: template.id,
    account: String(account),
    recordId,
    fileId: await givenFile(),
  };
}

async function givenFile(): Promise<string> {
  const answer = await giveFile(world, { bytes: samples.image.bytes });
  return ((await answer.json()) as { file: { id: string } }).file.id;
}

async function hireStranger(): Promise<string> {
  const email = "oscar@other.test";
  await world.admin.identity.addMember.mutate({ name: "Oscar Other", email, role: "admin", password });
  const id = randomUUID();
  await sql`insert into workspaces (workspace_id, name) values (${id}, 'Other')`;
  await sql`update identity_members set workspace_id = ${id} from identity_users where id = user_id and email = ${email}`;
  return tokenOf(world.origin, email, password);
}

/** Ids that exist nowhere, in the shapes of the real ones. */
function missingIds(): Ids {
  const ids = Object.keys(ours).map((name) => [name, randomUUID()]);
  return { ...(Object.fromEntries(ids) as Ids), account: "99999", recordId: "99999" };
}

function ask(procedure: ProcedureFacts, ids: Ids, caller: Caller): Promise<Answer> {
  return call(world.origin, procedure, expected[procedure.path]?.input?.(ids), caller);
}

const ranks = ["rep", "manager", "admin"] as const;
const paths = procedures.map((procedure) => [procedure.path, procedure] as const);

describe("every procedure", () => {
  it("stands in the table of who may call it, and nothing else does", () => {
    expect(procedures.length).toBeGreaterThan(15);
    expect(procedures.map(({ path }) => path).toSorted((a, b) => a.localeCompare(b))).toEqual(
      Object.keys(expected).toSorted((a, b) => a.localeCompare(b)),
    );
    expect(procedures.filter(({ path, hasInput }) => hasInput !== (expected[path]?.input !== undefined))).toEqual([]);
  });

  it("declares the role of the table, and under which event a change is found", () => {
    const wrong = procedures.filter(({ path, type, role, audit }) => {
      const isAudited = type === "mutation" ? eventNames.some((name) => name === audit) : audit === null;
      return role !== expected[path]?.role || !isAudited;
    });
    expect(wrong).toEqual([]);
  });

  it.each(paths)("%s is refused to the wrong people and to nobody else", async (path, procedure) => {
    const isPublic = expected[path]?.role === "public";
    const needed = ranks.findIndex((role) => role === expected[path]?.role);
    const refused = (caller: Caller) => ask(procedure, missingIds(), caller).then(({ code }) => code);
    const anonymous = isPublic ? "OK" : "UNAUTHORIZED";
    expect(await refused({ token: null })).toBe(anonymous);
    expect(await refused({ token: `${world.tokens.admin.slice(0, -8)}AAAAAAAA` })).toBe(anonymous);
    expect(await refused({ token: stranger, workspaceId })).toBe(anonymous);
    for (const [rank, role] of ranks.entries()) {
      expect([role, await refused({ token: world.tokens[role] })]).toEqual([role, rank >= needed ? "OK" : "FORBIDDEN"]);
    }
  });

  it.each(paths.filter(([, { hasInput }]) => hasInput))(
    "%s takes no key that it does not know",
    async (path, facts) => {
      const input = expected[path]?.input?.(missingIds()) ?? {};
      const caller = { token: world.tokens.admin };
      for (const extra of [{ workspaceId }, { role: "admin" }, { userId: "somebody" }, { state: "read" }]) {
        const given = "role" in input && "role" in extra ? { ...input, isAdmin: true } : { ...input, ...extra };
        expect(await call(world.origin, facts, given, caller)).toMatchObject({ code: "BAD_REQUEST" });
      }
      expect(await call(world.origin, facts, Object.entries(input), caller)).toMatchObject({ code: "BAD_REQUEST" });
    },
  );
});

describe("ids of another workspace", () => {
  const withIds = paths.filter(([path, { type }]) => expected[path]?.input && type !== "subscription");

  it.each(withIds)("%s answers as if they did not exist", async (_, procedure) => {
    const caller = { token: stranger };
    const [foreign, missing] = [await ask(procedure, ours, caller), await ask(procedure, missingIds(), caller)];
    expect(withoutIds(foreign)).toEqual(withoutIds(missing));
  });

  it("are real ones, which answer their own people", async () => {
    const caller = { token: world.tokens.admin };
    const differing = [];
    for (const [path, procedure] of withIds) {
      const [known, missing] = [await ask(procedure, ours, caller), await ask(procedure, missingIds(), caller)];
      if (JSON.stringify(withoutIds(known)) !== JSON.stringify(withoutIds(missing))) differing.push(path);
    }
    expect(differing).toEqual(
      expect.arrayContaining([
        "channels.refresh",
        "consent.record",
        "crm.disconnect",
        "crm.match",
        "crm.openRecord",
        "crm.setMirror",
        "crm.thread",
        "media.link",
        "messaging.maySend",
        "messaging.resend",
        "messaging.sendMany",
        "messaging.sendTemplate",
        "messaging.sendMessage",
        "templates.list",
        "templates.sync",
      ]),
    );
  });

  it("stream nothing, while our own people get every word", async () => {
    const place = { contactId: ours.contactId, channelId: ours.channelId, cursor: "0.0" };
    const [mine, foreign] = await Promise.all(
      [world.tokens.rep, stranger].map((token) => openStream(world.origin, token, place)),
    );
    if (!mine || !foreign) throw new Error("No stream was opened.");
    await until("our own stream tells of the conversation", async () => mine.text().includes(`"On our way"`));
    await until("the other stream is open", async () => foreign.text().includes("event: connected"));
    const text = textTo(world, ours.contactId, "One more word");
    await world.rep.messaging.sendMessage.mutate(text);
    await until("our own stream tells of the news", async () => mine.text().includes(`"One more word"`));
    expect(foreign.text()).not.toContain("messages");
    mine.close();
    foreign.close();
  });

  function withoutIds(answer: Answer): unknown {
    const uuid = /[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}/g;
    return JSON.parse(
      JSON.stringify(answer)
        .replaceAll(uuid, "an id")
        .replaceAll(/state=[\w-]+|code_challenge=[\w-]+|\b[es]=[\w-]+/g, ""),
    );
  }
});

describe("a role that is taken away", () => {
  it("is gone at the next call, with the same token", async () => {
    const { id } = (await world.manager.identity.me.query()).user;
    await sql`update identity_members set role = 'rep' where user_id = ${id}`;
    await expect(world.manager.identity.members.query()).rejects.toMatchObject({ data: { code: "FORBIDDEN" } });
    await sql`delete from identity_members where user_id = ${id}`;
    await expect(world.manager.identity.me.query()).rejects.toMatchObject({ data: { code: "UNAUTHORIZED" } });
  });

  it.each(["-".repeat(36), "acme", "00000000-0000-0000-0000-000000000000"])(
    "is not found in the workspace %s, which is none",
    async (odd) => {
      const me = { path: "identity.me", type: "query" } as const;
      const caller = { token: world.tokens.admin, workspaceId: odd };
      expect(await call(world.origin, me, undefined, caller)).toMatchObject({ code: "UNAUTHORIZED" });
    },
  );

  it("is not given by a token that signs for itself", async () => {
    const part = (value: object) => Buffer.from(JSON.stringify(value)).toString("base64url");
    const { id } = (await world.admin.identity.me.query()).user;
    const claims = { sub: id, aud: "aparte", iss: world.origin, exp: Math.floor(Date.now() / 1000) + 300 };
    for (const token of [
      `${part({ alg: "none" })}.${part(claims)}.AA`,
      `${part({ alg: "HS256" })}.${part(claims)}.AA`,
    ]) {
      const me = { path: "identity.me", type: "query" } as const;
      expect(await call(world.origin, me, undefined, { token })).toMatchObject({ code: "UNAUTHORIZED" });
    }
  });
});
