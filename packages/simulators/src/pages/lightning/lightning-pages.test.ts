import { request } from "node:https";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startHubSpotSimulator } from "../../hubspot/start.ts";
import type { HubSpotSimulator } from "../../hubspot/start.ts";
import { startSalesforceSimulator } from "../../salesforce/start.ts";
import type { SalesforceSimulator } from "../../salesforce/start.ts";
import { startPagesServer } from "../start.ts";
import type { PagesServer } from "../start.ts";
import type { ActivityView, FieldView, ListView, RecordView } from "./lightning-view.ts";

const HOST = "aparte-demo.lightning.force.com";

let hubspot: HubSpotSimulator;
let salesforce: SalesforceSimulator;
let pages: PagesServer;
beforeAll(async () => {
  hubspot = await startHubSpotSimulator();
  salesforce = await startSalesforceSimulator();
  pages = await startPagesServer({ hubspotUrl: hubspot.url, salesforce });
});
afterAll(async () => {
  await Promise.all([pages, hubspot, salesforce].map((server) => server.close()));
});

type Answer = { status: number | undefined; headers: Record<string, unknown>; text: string };
type Asked = { host?: string; method?: string; body?: unknown };

/** Calls the pages as a browser does that was led here from one of the CRM's hosts. */
function call(path: string, { host = HOST, method = "GET", body }: Asked = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const headers = { host, ...(body === undefined ? {} : { "content-type": "application/json" }) };
    const sent = request(pages.url + path, { method, rejectUnauthorized: false, headers }, (response) => {
      let text = "";
      response.setEncoding("utf8");
      response.on("data", (chunk: string) => (text += chunk));
      response.on("end", () => resolve({ status: response.statusCode, headers: response.headers, text }));
    });
    sent.on("error", reject);
    sent.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

async function data<T>(path: string): Promise<T> {
  return JSON.parse((await call(`/_pages/data/lightning/${path}`)).text) as T;
}

/** Writes through the API as somebody in the org does; answers the new record's id. */
async function create(object: string, values: Record<string, unknown>): Promise<string> {
  const response = await fetch(`${salesforce.url}/services/data/v67.0/sobjects/${object}`, {
    method: "POST",
    headers: { authorization: `Bearer ${salesforce.identity.access_token}`, "content-type": "application/json" },
    body: JSON.stringify(values),
  });
  const answer = (await response.json()) as { id: string };
  if (!response.ok) throw new Error(JSON.stringify(answer));
  return answer.id;
}

const valueOf = (fields: readonly FieldView[], name: string) => fields.find((field) => field.name === name)?.value;

describe("addresses", () => {
  it.each([
    "/lightning/r/Contact/003gK00000AnaSz/view",
    "/lightning/r/003gK00000AnaSzIAM/view",
    "/lightning/r/Account/001gK00000PadHz/view?ws=%2Flightning%2Fr%2FCase%2F500gK00000A1042%2Fview",
    "/lightning/r/Contact/003gK00000AnaSz/edit",
    "/lightning/r/Account/001gK00000PadHz/related/Contacts/view",
    "/lightning/o/Lead/list?filterName=__Recent",
    "/lightning/page/home",
    "/lightning/app/standard__LightningService",
    "/one/one.app",
  ])("serves a Lightning page at %s", async (path) => {
    const { status, headers, text } = await call(path);
    expect([status, headers["content-type"]]).toEqual([200, "text/html; charset=utf-8"]);
    expect(headers["content-security-policy"]).toMatch(/^default-src 'self'; frame-src 'self'; script-src 'self';/u);
    expect(text).toContain('<body class="sfdcBody desktop"><div id="auraLoadingBox"');
  });

  it("belong to their own hosts", async () => {
    expect((await call("/", { host: "aparte-demo--uat.sandbox.lightning.force.com" })).headers["location"]).toBe(
      "/lightning/page/home",
    );
    expect((await call("/lightning/page/home", { host: "app-eu1.hubspot.com" })).status).toBe(404);
    expect((await call("/contacts/24601042/record/0-1/101001")).status).toBe(404);
    expect((await call("/contacts/24601042/record/0-1/101001", { host: "app-eu1.hubspot.com" })).status).toBe(200);
  });
});

describe("records", () => {
  it("are found by ids of 15 and of 18 characters, with the records around them", async () => {
    const { demo_contact_id: id } = salesforce.identity;
    const view = await data<RecordView>(`records/${id}`);
    expect(view).toMatchObject({ id, title: "Ana Souza", isPerson: true, object: { name: "Contact" } });
    expect(await data(`records/${id.slice(0, 15)}`)).toEqual(view);
    expect(valueOf(view.highlights, "Phone")).toMatch(/^\+55/u);
    const account = view.highlights.find((field) => field.name === "AccountId");
    expect(account).toMatchObject({ kind: "lookup", target: { object: "Account" } });
    const above = await data<RecordView>(`records/${account?.target?.id}`);
    expect(above.related.find(({ name }) => name === "Contacts")?.records.map((record) => record.id)).toContain(id);
    expect((await call("/_pages/data/lightning/records/003gK00000Nobody")).status).toBe(404);
  });

  it("of every object have a list and a page", async () => {
    for (const object of ["Account", "Contact", "Lead", "Opportunity", "Case"]) {
      const { rows } = await data<ListView>(`lists/${object}`);
      const [row] = rows;
      expect(await data<RecordView>(`records/${row?.record.id}`)).toMatchObject({
        object: { name: object },
        title: row?.record.title,
      });
    }
    expect((await call("/_pages/data/lightning/lists/Invoice__c")).status).toBe(404);
  });

  it("show as a person what is a person account", async () => {
    const { rows } = await data<ListView>("lists/Account");
    const views = await Promise.all(rows.map(({ record }) => data<RecordView>(`records/${record.id}`)));
    const person = views.find(({ isPerson }) => isPerson);
    expect(valueOf(person?.highlights ?? [], "PersonMobilePhone")).toMatch(/^\+/u);
    expect(valueOf(views.find(({ isPerson }) => !isPerson)?.highlights ?? [], "PersonMobilePhone")).toBeUndefined();
  });
});

describe("activities", () => {
  it("show tasks and conversations on every record they belong to, as text", async () => {
    const id = await create("Contact", {
      LastName: "Hostile",
      AccountId: (await data<ListView>("lists/Account")).rows[0]?.record.id,
    });
    const hostile = "<img src=x onerror=alert(1)>\n=cmd|' /C calc'!A0 \u202Etxt";
    await create("Task", { WhoId: id, Subject: "WhatsApp: <b>7</b>", Status: "Completed", Description: hostile });
    await create("WA_Conversation__c", {
      Log_Key__c: "k1_pages",
      Contact__c: id,
      Message_Count__c: 2,
      Last_Message__c: "2030-01-01T10:00:00Z",
      Transcript__c: hostile,
    });
    const activities = await data<ActivityView[]>(`activities/${id}`);
    expect(activities).toMatchObject([
      { kind: "conversation", facts: ["2 messages"], at: "2030-01-01T10:00:00.000Z", body: hostile },
      { kind: "task", title: "WhatsApp: <b>7</b>", body: hostile },
      { kind: "created", body: "" },
    ]);
  });

  it("neither use up the org's calls nor the faults that were set for them", async () => {
    const { org } = salesforce;
    const before = org.usage.used;
    await data("lists/Contact");
    await data(`activities/${salesforce.identity.demo_contact_id}`);
    expect(org.usage.used).toBe(before);
  });
});

describe("a colleague", () => {
  it("changes and deletes records, and is told why Salesforce refuses", async () => {
    const id = await create("Lead", { LastName: "Temporary", Company: "Somewhere" });
    const path = `/_pages/data/lightning/records/${id}`;
    expect((await call(path, { method: "PATCH", body: { Phone: "+49 151 23456789" } })).status).toBe(200);
    expect(valueOf((await data<RecordView>(`records/${id}`)).details, "Phone")).toBe("+49 151 23456789");
    const refused = await call(path, { method: "PATCH", body: { LastName: null } });
    expect([refused.status, refused.text]).toEqual([400, expect.stringContaining("LastName")]);
    expect((await call(path, { method: "DELETE" })).status).toBe(200);
    expect((await call(path)).status).toBe(404);
    expect((await call(path, { method: "DELETE" })).status).toBe(404);
  });

  it("merges two records, and makes a contact out of a lead", async () => {
    const [winner, loser] = [
      await create("Contact", { LastName: "Winner" }),
      await create("Contact", { LastName: "Loser" }),
    ];
    const merge = `/_pages/data/lightning/records/${winner}/merge`;
    expect((await call(merge, { method: "POST", body: { loser } })).status).toBe(200);
    expect((await call(`/_pages/data/lightning/records/${loser}`)).status).toBe(404);
    expect((await call(merge, { method: "POST", body: { loser } })).status).toBe(400);

    const lead = await create("Lead", { LastName: "Ready", Company: "Somewhere", Phone: "+49 151 23456789" });
    const convert = `/_pages/data/lightning/records/${lead}/convert`;
    const { id } = JSON.parse((await call(convert, { method: "POST", body: {} })).text) as { id: string };
    expect(await data<RecordView>(`records/${id}`)).toMatchObject({ object: { name: "Contact" }, title: "Ready" });
    expect((await call(convert, { method: "POST", body: {} })).text).toContain("cannot convert converted lead");
  });
});
