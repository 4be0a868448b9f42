import { request } from "node:https";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startTestPortal, whatsAppLog } from "../../hubspot/test-portal.ts";
import type { TestPortal } from "../../hubspot/test-portal.ts";
import { startSalesforceSimulator } from "../../salesforce/start.ts";
import type { SalesforceSimulator } from "../../salesforce/start.ts";
import { startPagesServer } from "../start.ts";
import type { PagesServer } from "../start.ts";

let portal: TestPortal;
let salesforce: SalesforceSimulator;
let pages: PagesServer;
beforeAll(async () => {
  portal = await startTestPortal();
  salesforce = await startSalesforceSimulator();
  pages = await startPagesServer({ hubspotUrl: portal.sim.url, salesforce });
});
afterAll(async () => {
  await pages.close();
  await Promise.all([portal.sim.close(), salesforce.close()]);
});

type Answer = { status: number | undefined; headers: Record<string, unknown>; text: string };

/** Calls the pages as a browser does that accepts a certificate signed by itself. */
function call(path: string, { method = "GET", type = "", body = "" } = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const options = { method, rejectUnauthorized: false, headers: type === "" ? {} : { "content-type": type } };
    const sent = request(pages.url + path, options, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => (text += chunk));
      response.on("end", () => resolve({ status: response.statusCode, headers: response.headers, text }));
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

const data = async (path: string): Promise<Record<string, unknown>> =>
  JSON.parse((await call(`/_pages/data/${path}`)).text) as Record<string, unknown>;

it.each([
  "/contacts/24601042/record/0-1/101001",
  "/contacts/24601042/record/0-1/101001/view/2?interaction=note",
  "/contacts/24601042/record/0-2/201001/",
  "/contacts/24601042/contact/101001",
  "/contacts/24601042/company/201001/",
  "/contacts/24601042/deal/301001",
  "/contacts/24601042/ticket/401001",
  "/contacts/24601042/objects/0-1/views/all/list",
  "/contacts/24601042/contacts/list/view/all/",
  "/help-desk/24601042",
  "/help-desk/24601042/view/all/ticket/401001",
  "/help-desk/24601042/views/all/open/ticket/401001/",
  "/live-messages/24601042/inbox/77",
])("serves a page at %s under a policy that lets in nothing but its own", async (path) => {
  const { status, headers, text } = await call(path);
  expect([status, headers["content-type"]]).toEqual([200, "text/html; charset=utf-8"]);
  expect(headers["content-security-policy"]).toBe(
    "default-src 'self'; frame-src 'self'; script-src 'self'; style-src 'self'; object-src 'none'; base-uri 'none'",
  );
  expect(text).toContain("/_pages/hubspot/main.js");
});

it("leads from the root to the contacts, and serves nothing but its own files", async () => {
  expect((await call("/")).headers["location"]).toBe(
    `/contacts/${portal.sim.identity.portal_id}/objects/0-1/views/all/list`,
  );
  expect((await call("/_pages/hubspot/main.js")).headers["content-type"]).toBe("text/javascript; charset=utf-8");
  expect((await call("/_pages/tsconfig.json")).status).toBe(404);
  expect((await call("/_pages/..%2Fstart.ts")).status).toBe(404);
  expect((await call("/_pages/nothing.js")).status).toBe(404);
  expect((await call("/contacts/24601042/unicorn/1")).status).toBe(404);
});

it("describes a record with its neighbours and the records it is associated with", async () => {
  const record = await data("record/0-1/101001");
  expect(record).toMatchObject({ title: "Ana Souza", initials: "AS", previousId: null, nextId: "101002" });
  expect(record["properties"]).toContainEqual({
    name: "phone",
    label: "Phone number",
    value: "+55 11 91234-5678",
    editable: true,
  });
  expect(record["properties"]).toContainEqual({
    name: "hubspot_owner_id",
    label: "Contact owner",
    value: "Clara Weiss",
    editable: false,
  });
  expect(record["associations"]).toMatchObject([
    { type: { typeId: "0-2" }, records: [{ id: "201001", title: "Padaria Horizonte" }] },
    { type: { typeId: "0-3" }, records: [{ id: "301001" }] },
    { type: { typeId: "0-5" }, records: [{ id: "401001" }] },
  ]);
  expect((await call("/_pages/data/record/0-1/999")).status).toBe(404);
  expect((await call("/_pages/data/record/0-9/1")).status).toBe(404);
  expect((await data("list/0-1"))["rows"]).toHaveLength(6);
});

it("shows what is logged on a record, and what is changed there later", async () => {
  const log = whatsAppLog("101004", { hs_communication_body: "<p>Hi<script>alert(1)</script></p>" });
  const { body } = await portal.call("POST", "/crm/objects/2026-09/communications", log);
  const timeline = () => data("timeline/0-1/101004");
  const entry = { id: body.id, kind: "communication", title: "WhatsApp", at: "2026-11-22T09:14:00Z" };
  expect(await timeline()).toMatchObject([{ ...entry, body: [{ tag: "p", children: ["Hi"] }] }, { kind: "created" }]);
  await portal.call("PATCH", `/crm/objects/2026-09/communications/${body.id}`, {
    properties: { hs_communication_body: "<p>Hi Layla</p>" },
  });
  expect(await timeline()).toMatchObject([{ body: [{ tag: "p", children: ["Hi Layla"] }] }, {}]);
});

it("neither uses up the limits of the API nor the faults that were set for it", async () => {
  await portal.call("POST", "/_sim/faults", { match: { times: 1 }, action: { kind: "status", status: 503 } });
  const before = (await portal.call("GET", "/_sim/faults")).list[0]?.["seen"];
  await data("timeline/0-1/101001");
  expect([before, (await portal.call("GET", "/_sim/faults")).list[0]?.["seen"]]).toEqual([0, 0]);
  await portal.call("DELETE", "/_sim/faults");
});

it("saves a note that a person writes, as text", async () => {
  const post = (body: unknown) =>
    call("/_pages/data/record/0-1/101005/notes", {
      method: "POST",
      type: "application/json",
      body: JSON.stringify(body),
    });
  expect((await post({ text: "Wants <b>tea</b>" })).status).toBe(200);
  expect(await data("timeline/0-1/101005")).toMatchObject([
    { kind: "note", body: [{ tag: "p", children: ["Wants <b>tea</b>"] }] },
    { kind: "created" },
  ]);
  expect((await post({ text: "" })).status).toBe(400);
});

it("changes, merges and deletes as a person does, and says why HubSpot refuses", async () => {
  const edit = async (id: string, body: unknown) => {
    const path = `/_pages/data/record/0-1/${id}/edits`;
    const { status, text } = await call(path, { method: "POST", type: "application/json", body: JSON.stringify(body) });
    return { status, ...(JSON.parse(text) as { id?: string; error?: string }) };
  };
  const phone = async (id: string) => {
    const properties = (await data(`record/0-1/${id}`))["properties"] as { name: string; value: string }[];
    return properties.find(({ name }) => name === "phone")?.value;
  };
  expect(await edit("101006", { action: "update", properties: { phone: "+91 98 1234 5678" } })).toMatchObject({
    status: 200,
  });
  expect(await phone("101006")).toBe("+91 98 1234 5678");
  expect(await edit("101006", { action: "update", properties: { createdate: "x" } })).toMatchObject({
    status: 400,
    error: expect.stringMatching(/./u),
  });
  const merged = await edit("101006", { action: "merge", merged_id: "101005" });
  expect(await phone(merged.id ?? "")).toBe("+91 98 1234 5678");
  expect((await edit(merged.id ?? "", { action: "archive" })).status).toBe(200);
  expect((await call(`/_pages/data/record/0-1/${merged.id}`)).status).toBe(404);
});

it("shows HubSpot's consent page where people meet it, and sends the decision on", async () => {
  const { client_id, portal_id } = portal.sim.identity;
  const redirect_uri = "http://localhost:4100/oauth/hubspot/callback";
  const query = new URLSearchParams({ client_id, redirect_uri, scope: "oauth", state: "s" }).toString();
  const shown = await call(`/oauth/authorize?${query}`);
  expect([shown.status, shown.text]).toEqual([200, expect.stringContaining("Approve")]);
  expect(shown.headers["content-security-policy"]).toContain("default-src 'none'");
  expect((await call(`/oauth/${portal_id}/authorize?${query}`)).status).toBe(200);
  const decided = await call("/oauth/authorize", {
    method: "POST",
    type: "application/x-www-form-urlencoded",
    body: `${query}&decision=approve`,
  });
  expect(decided.headers["location"]).toMatch(/^http:\/\/localhost:4100\/oauth\/hubspot\/callback\?code=.+&state=s$/u);
});
