import type { CrmRecordRef } from "@aparte/core/crm-record.ts";
import { describe, expect, it } from "vitest";
import { cannedServer, type CannedAnswer } from "../canned-server.ts";
import type { MirrorValues } from "../record.ts";
import { createMirror, hasMirror, writeMirror } from "./mirror.ts";

const session = { accessToken: "t", apiUrl: null };
const names = ["WA_Consent_Status__c", "WA_Consent_At__c", "WA_Consent_Source__c", "WA_Last_Contact__c"];
const duplicate = (errorCode: string): CannedAnswer => ({ status: 400, body: [{ errorCode, message: "there" }] });

function described(fields: readonly string[]): CannedAnswer {
  return { body: { fields: fields.map((name) => ({ name, label: name, type: "string" })) } };
}

function created(count: number): CannedAnswer[] {
  return Array.from({ length: count }, () => ({ status: 201, body: { id: "x", success: true } }));
}

type Step = readonly [string, unknown];

async function making(...answers: CannedAnswer[]): Promise<{ result: unknown; steps: Step[] }> {
  await using server = await cannedServer(...answers);
  const result = await createMirror({ baseUrl: server.url, clientId: "", clientSecret: "" }, session);
  const steps = server.requests
    .filter(({ method }) => method === "POST")
    .map(({ url, body }): Step => [url.replace("/services/data/v67.0", ""), JSON.parse(body)]);
  return { result, steps };
}

describe("createMirror", () => {
  const user = { body: { user_id: "005x" } };
  const set = { body: { records: [{ Id: "0PSx" }] } };

  it("makes the fields that are missing and shows them to whoever connected", async () => {
    const { result, steps } = await making(
      described(names),
      described([]),
      ...created(4),
      user,
      ...created(1),
      set,
      ...created(9),
    );
    expect(result).toEqual({ outcome: "done" });
    expect(steps.slice(0, 4).map(([address, body]) => [address, (body as { FullName: string }).FullName])).toEqual(
      names.map((name) => ["/tooling/sobjects/CustomField", `Lead.${name}`]),
    );
    expect(steps[0]?.[1]).toMatchObject({ Metadata: { type: "Picklist", valueSet: { restricted: true } } });
    expect(steps[4]).toEqual(["/sobjects/PermissionSet", { Name: "Aparte", Label: "Aparté" }]);
    expect(steps.filter(([address]) => address === "/sobjects/FieldPermissions").length).toBe(8);
    expect(steps[5]?.[1]).toMatchObject({
      ParentId: "0PSx",
      SobjectType: "Contact",
      Field: "Contact.WA_Consent_Status__c",
      PermissionsRead: true,
      PermissionsEdit: true,
    });
    expect(steps.at(-1)).toEqual([
      "/sobjects/PermissionSetAssignment",
      { AssigneeId: "005x", PermissionSetId: "0PSx" },
    ]);
  });

  it("may be repeated: what is there is as good as made", async () => {
    const there = Array.from({ length: 8 }, () => duplicate("DUPLICATE_DEVELOPER_NAME"));
    const given = Array.from({ length: 9 }, () => duplicate("DUPLICATE_VALUE"));
    const again = await making(
      described([]),
      described([]),
      ...there,
      user,
      duplicate("DUPLICATE_VALUE"),
      set,
      ...given,
    );
    expect(again.result).toEqual({ outcome: "done" });
    const whole = await making(described(names), described(names));
    expect([whole.result, whole.steps]).toEqual([{ outcome: "done" }, []]);
  });

  it("says so when whoever connected may not change the org", async () => {
    const { result } = await making(described([]), described([]), duplicate("INSUFFICIENT_ACCESS_OR_READONLY"));
    expect(result).toMatchObject({ outcome: "refused", reason: "crm.permission_missing" });
  });
});

describe("hasMirror", () => {
  it.each<[string, CannedAnswer, CannedAnswer, object]>([
    ["on both kinds of people", described(names), described(names), { exists: true }],
    ["on one only", described(names), described(names.slice(1)), { exists: false }],
    [
      "on contacts, where there are no leads",
      described(names),
      { status: 404, body: [{ errorCode: "NOT_FOUND", message: "" }] },
      { exists: true },
    ],
    ["out of sight", described(names), { status: 500, body: [] }, { outcome: "later" }],
  ])("looks for the fields: %s", async (_, contacts, leads, expected) => {
    await using server = await cannedServer(contacts, leads);
    const app = { baseUrl: server.url, clientId: "", clientSecret: "" };
    expect(await hasMirror(app, session)).toMatchObject(expected);
  });
});

describe("writeMirror", () => {
  const values: MirrorValues = {
    consent: { state: "opted_out", at: "2026-11-22T09:14:00.000Z", source: "STOP in WhatsApp" },
    lastContactAt: null,
  };
  const contact: CrmRecordRef = { crm: "salesforce", account: "acme", type: "contact", id: "003000000000001AAA" };

  it("writes to people, and to no other record", async () => {
    const missing: CannedAnswer = { status: 404, body: [{ errorCode: "ENTITY_IS_DELETED", message: "" }] };
    await using server = await cannedServer({ status: 204 }, missing);
    const app = { baseUrl: server.url, clientId: "", clientSecret: "" };
    expect(await writeMirror(app, session, { ref: contact, values })).toEqual({ outcome: "done" });
    expect(server.requests[0]?.url).toBe("/services/data/v67.0/sobjects/Contact/003000000000001AAA");
    expect(server.json[0]).toEqual({
      WA_Consent_Status__c: "opted_out",
      WA_Consent_At__c: "2026-11-22T09:14:00.000Z",
      WA_Consent_Source__c: "STOP in WhatsApp",
      WA_Last_Contact__c: null,
    });
    expect(await writeMirror(app, session, { ref: contact, values })).toEqual({ outcome: "not_found" });
    expect(await writeMirror(app, session, { ref: { ...contact, type: "deal" }, values })).toEqual({ outcome: "done" });
    expect(server.requests.length).toBe(2);
  });

  it("leaves the consent as it is when there is none to write", async () => {
    await using server = await cannedServer({ status: 204 });
    const app = { baseUrl: server.url, clientId: "", clientSecret: "" };
    const contacted = { consent: null, lastContactAt: "2026-11-22T09:15:00.000Z" };
    await writeMirror(app, session, { ref: contact, values: contacted });
    expect(server.json).toEqual([{ WA_Last_Contact__c: "2026-11-22T09:15:00.000Z" }]);
  });
});
