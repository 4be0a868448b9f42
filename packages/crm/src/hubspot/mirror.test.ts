import type { CrmRecordRef } from "@aparte/core/crm-record.ts";
import { describe, expect, it } from "vitest";
import type { MirrorValues } from "../record.ts";
import { cannedServer, type CannedAnswer } from "../canned-server.ts";
import { createMirror, hasMirror, writeMirror } from "./mirror.ts";

const session = { accessToken: "t", apiUrl: null };
const names = ["wa_consent_status", "wa_consent_at", "wa_consent_source", "wa_last_contact_at"];
const listed = (...existing: string[]): CannedAnswer => ({ body: { results: existing.map((name) => ({ name })) } });
const created = { status: 201, body: {} };
const exists = { status: 409, body: { category: "OBJECT_ALREADY_EXISTS" } };

function appAt(baseUrl: string) {
  return { baseUrl, clientId: "", clientSecret: "" };
}

describe("the mirror", () => {
  it("is there when all of its fields are", async () => {
    await using server = await cannedServer(listed("firstname", ...names), listed("firstname", ...names.slice(1)));
    expect(await hasMirror(appAt(server.url), session)).toEqual({ outcome: "done", exists: true });
    expect(await hasMirror(appAt(server.url), session)).toEqual({ outcome: "done", exists: false });
  });

  it("is created in a group of its own, where it is not there yet", async () => {
    await using server = await cannedServer(listed("wa_consent_at"), exists, created, exists, created);
    expect(await createMirror(appAt(server.url), session)).toEqual({ outcome: "done" });
    const [group, ...fields] = server.json as { name: string; groupName: string }[];
    expect(group).toMatchObject({ name: "whatsapp_consent" });
    expect(fields.map(({ name, groupName }) => [name, groupName])).toEqual(
      ["wa_consent_status", "wa_consent_source", "wa_last_contact_at"].map((name) => [name, "whatsapp_consent"]),
    );
  });

  it("says so when the right is missing", async () => {
    await using server = await cannedServer(listed(), { status: 403, body: { category: "MISSING_SCOPES" } });
    expect(await createMirror(appAt(server.url), session)).toMatchObject({ reason: "crm.permission_missing" });
  });
});

describe("writeMirror", () => {
  const values: MirrorValues = {
    consent: { state: "opted_out", at: "2026-11-22T09:14:00.000Z", source: "STOP in WhatsApp" },
    lastContactAt: null,
  };
  const contact: CrmRecordRef = { crm: "hubspot", account: "4242", type: "contact", id: "501" };

  it("sets the fields of a contact and clears what there was not", async () => {
    await using server = await cannedServer({ body: { id: "501" } }, { status: 404, body: {} });
    expect(await writeMirror(appAt(server.url), session, { ref: contact, values })).toEqual({ outcome: "done" });
    expect(server.json).toEqual([
      {
        properties: {
          wa_consent_status: "opted_out",
          wa_consent_at: "2026-11-22T09:14:00.000Z",
          wa_consent_source: "STOP in WhatsApp",
          wa_last_contact_at: "",
        },
      },
    ]);
    expect(await writeMirror(appAt(server.url), session, { ref: contact, values })).toEqual({ outcome: "not_found" });
  });

  it("leaves the consent as it is when there is none to write", async () => {
    await using server = await cannedServer({ body: { id: "501" } });
    const contacted = { consent: null, lastContactAt: "2026-11-22T09:15:00.000Z" };
    await writeMirror(appAt(server.url), session, { ref: contact, values: contacted });
    expect(server.json).toEqual([{ properties: { wa_last_contact_at: "2026-11-22T09:15:00.000Z" } }]);
  });

  it("has nothing to write on a company", async () => {
    await using server = await cannedServer();
    const ref = { ...contact, type: "company" } as const;
    expect(await writeMirror(appAt(server.url), session, { ref, values })).toEqual({ outcome: "done" });
    expect(server.requests).toEqual([]);
  });
});
