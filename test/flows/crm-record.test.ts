import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { connectHubSpot, contactRef } from "../support/hubspot.ts";
import { until } from "@aparte/launch/until.ts";
import { post, startWorld, type World } from "../support/world.ts";

let world: World;
beforeAll(async () => {
  world = await startWorld();
  await connectHubSpot(world);
  await until("templates arrive", async () => (await world.rep.templates.list.query(channel())).length > 0);
});
beforeEach(async () => {
  await fetch(`${world.hubspot.url}/_sim/faults`, { method: "DELETE" });
});
afterAll(async () => {
  await world?.close();
});

const channel = () => ({ channelId: world.channelId });
const open = (id: string, number?: string) =>
  world.rep.crm.openRecord.mutate({ ref: contactRef(world, id), ...(number === undefined ? {} : { number }) });

describe("opening a record", () => {
  it("answers with all that the panel shows", async () => {
    const id = world.hubspot.identity.demo_contact_id;
    const { portal_id: portal, ui_domain: host } = world.hubspot.identity;
    const view = await open(id);
    expect(view).toMatchObject({
      state: "ready",
      record: { name: "Ana Souza", url: `https://${host}/contacts/${portal}/record/0-1/${id}` },
      numbers: [{ e164: "+5511912345678", display: "+55 11 91234 5678" }],
      conversation: {
        person: { name: "Ana Souza", e164: "+5511912345678", timeZone: "America/Sao_Paulo" },
        channel: { id: world.channelId, usable: true },
        consent: { marketing: { state: "unknown" } },
        window: { state: "closed", lastInboundAt: null },
        messages: [],
        sync: { state: "nothing_yet", lastSyncedAt: null, reason: null },
      },
    });
    if (view.state !== "ready") throw new Error(view.state);
    expect(view.conversation.fields).toContainEqual({
      name: "firstname",
      label: "Contact › First name",
      value: "Ana",
    });
    expect(view.conversation.fields.map(({ name }) => name)).toContain("quote_number");
    expect(view.conversation.templates.length).toBeGreaterThan(0);
  });

  it("finds the conversation that the person began", async () => {
    await world.inbound({ from: "33612345678", profile_name: "Léa", type: "text", text: { body: "Bonjour !" } });
    const view = await until("the message is there", async () => {
      const found = await open("101003");
      return found.state === "ready" && found.conversation.messages.length > 0 && found.conversation;
    });
    expect(view.messages).toMatchObject([{ direction: "in", content: { kind: "text", text: "Bonjour !" } }]);
    expect(view.window).toMatchObject({ state: "open" });
  });

  it("remembers which number was chosen", async () => {
    const numberOf = async (number?: string) => {
      const view = await open("101002", number);
      if (view.state !== "ready") throw new Error(view.state);
      return { chosen: view.conversation.person.e164, all: view.numbers.map(({ e164 }) => e164) };
    };
    const all = ["+4915123456789", "+4930901820"];
    expect(await numberOf()).toEqual({ chosen: "+4915123456789", all });
    expect(await numberOf("+4930901820")).toEqual({ chosen: "+4930901820", all });
    expect(await numberOf()).toEqual({ chosen: "+4930901820", all });
    expect(await numberOf("+15550001111")).toEqual({ chosen: "+4930901820", all });
  });

  it("says what is missing instead of guessing", async () => {
    expect(await open("101005")).toMatchObject({ state: "no_number", record: { name: "Jonas Petersen" } });
    expect(await open("101006")).toMatchObject({
      state: "invalid_number",
      numbers: [{ raw: "+91 12345", e164: null }],
    });
    expect(await open("999999")).toEqual({ state: "unavailable", reason: "crm.record_not_found", record: null });
    const other = { ...contactRef(world, "101001"), account: "12345" };
    expect(await world.rep.crm.openRecord.mutate({ ref: other })).toMatchObject({ reason: "crm.other_portal" });
    const salesforce = { ...other, crm: "salesforce" as const };
    expect(await world.rep.crm.openRecord.mutate({ ref: salesforce })).toMatchObject({ reason: "crm.not_connected" });
  });

  it("says whether the CRM is away or refuses", async () => {
    const answering = async (status: number, category: string) => {
      await post(`${world.hubspot.url}/_sim/faults`, {
        // The record alone: the writer of the timeline may be at work meanwhile.
        match: { path: "/contacts/101001", times: 1 },
        action: { kind: "status", status, body: { status: "error", category, message: "no" } },
      });
      const view = await open("101001");
      return view.state === "unavailable" ? view.reason : view.state;
    };
    expect(await answering(503, "")).toBe("crm.unreachable");
    expect(await answering(403, "MISSING_SCOPES")).toBe("crm.permission_missing");
    // Last: it asks us to leave it alone for a while.
    expect(await answering(429, "RATE_LIMITS")).toBe("crm.unreachable");
  });
});
