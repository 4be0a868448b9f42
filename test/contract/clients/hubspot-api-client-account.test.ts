import { Signature } from "@hubspot/api-client";
import { AssociationSpecAssociationCategoryEnum } from "@hubspot/api-client/lib/codegen/crm/associations/v4/models/AssociationSpec.js";
import { AssociationSpecAssociationCategoryEnum as ActivityCategory } from "@hubspot/api-client/lib/codegen/crm/objects/communications/models/AssociationSpec.js";
import {
  PropertyCreateFieldTypeEnum,
  PropertyCreateTypeEnum,
} from "@hubspot/api-client/lib/codegen/crm/properties/models/PropertyCreate.js";
import { SubscriptionCreateRequestEventTypeEnum } from "@hubspot/api-client/lib/codegen/webhooks/models/SubscriptionCreateRequest.js";
import { randomPort } from "@aparte/launch/ports.ts";
import { createServer } from "node:http";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { refusalOf, startHubspotClient, type ClientUnderTest } from "./hubspot-client.ts";

const ANA = "101001";

let tested: ClientUnderTest;
beforeAll(async () => {
  tested = await startHubspotClient();
});
beforeEach(() => tested.steer("reset", {}));
afterAll(() => tested?.close());

const crm = () => tested.client.crm;

describe("HubSpot's client associates", () => {
  const primary = { associationCategory: AssociationSpecAssociationCategoryEnum.HubspotDefined, associationTypeId: 1 };

  it("records one by one (version 4)", async () => {
    const { basicApi } = crm().associations.v4;
    await basicApi.createDefault("contacts", ANA, "companies", "201002");
    await basicApi.create("contacts", ANA, "companies", "201003", [primary]);
    const listed = await basicApi.getPage("contacts", ANA, "companies");
    const labels = listed.results.map(({ toObjectId, associationTypes }) => [
      toObjectId,
      associationTypes.some(({ label }) => label === "Primary"),
    ]);
    expect(labels).toEqual([
      ["201001", false],
      ["201002", false],
      ["201003", true],
    ]);
    await basicApi.archive("contacts", ANA, "companies", "201002");
    expect((await basicApi.getPage("contacts", ANA, "companies")).results.length).toBe(2);
    const page = await basicApi.getPage("contacts", ANA, "companies", undefined, 1);
    expect([page.results.length, page.paging?.next?.after]).toEqual([1, "201001"]);
  });

  it("records in batches (version 4)", async () => {
    const { batchApi } = crm().associations.v4;
    const pair = { _from: { id: ANA }, to: { id: "201002" } };
    const made = await batchApi.create("contacts", "companies", { inputs: [{ ...pair, types: [primary] }] });
    expect(made.results).toMatchObject([{ toObjectId: "201002" }]);
    await batchApi.archiveLabels("contacts", "companies", { inputs: [{ ...pair, types: [primary] }] });
    const read = await batchApi.getPage("contacts", "companies", { inputs: [{ id: ANA }] });
    expect(read.results[0]?.to.map(({ associationTypes }) => associationTypes.map(({ typeId }) => typeId))).toEqual([
      [279],
      [279],
    ]);
    await batchApi.archive("contacts", "companies", { inputs: [{ _from: pair._from, to: [pair.to] }] });
    await batchApi.createDefault("contacts", "companies", { inputs: [pair] });
    const again = await batchApi.getPage("contacts", "companies", { inputs: [{ id: ANA }] });
    expect(again.results[0]?.to.map(({ toObjectId }) => toObjectId)).toEqual(["201001", "201002"]);
  });

  it("records by names of associations (version 3)", async () => {
    const { batchApi } = crm().associations;
    const input = { _from: { id: ANA }, to: { id: "301002" }, type: "contact_to_deal" };
    const made = await batchApi.create("contacts", "deals", { inputs: [input] });
    expect(made.results).toMatchObject([{ to: { id: "301002" }, type: "contact_to_deal" }]);
    const read = await batchApi.read("contacts", "deals", { inputs: [{ id: ANA }] });
    expect(read.results[0]?.to.map(({ id }) => id)).toEqual(["301001", "301002"]);
    await batchApi.archive("contacts", "deals", { inputs: [input] });
    const left = await batchApi.read("contacts", "deals", { inputs: [{ id: ANA }] });
    expect(left.results[0]?.to.map(({ id }) => id)).toEqual(["301001"]);
  });

  it("an activity as it is created", async () => {
    const made = await crm().objects.communications.basicApi.create({
      properties: {
        hs_communication_channel_type: "WHATS_APP",
        hs_communication_logged_from: "CRM",
        hs_communication_body: "<p>Hello</p>",
        hs_timestamp: "2026-11-22T09:14:00Z",
      },
      associations: [
        { to: { id: ANA }, types: [{ associationCategory: ActivityCategory.HubspotDefined, associationTypeId: 81 }] },
      ],
    });
    const contact = await crm().contacts.basicApi.getById(ANA, undefined, undefined, ["communications"]);
    expect(contact.associations?.["communications"]?.results.map(({ id }) => id)).toEqual([made.id]);
  });
});

describe("HubSpot's client defines", () => {
  const property = {
    name: "loyalty",
    label: "Loyalty",
    type: PropertyCreateTypeEnum.String,
    fieldType: PropertyCreateFieldTypeEnum.Text,
    groupName: "loyalty_group",
  };

  it("groups and properties", async () => {
    const { groupsApi, coreApi, batchApi } = crm().properties;
    expect(await refusalOf(coreApi.create("contacts", property))).toMatchObject({ code: 400 });
    const group = await groupsApi.create("contacts", { name: "loyalty_group", label: "Loyalty" });
    expect([group.name, group.archived]).toEqual(["loyalty_group", false]);
    expect((await groupsApi.getAll("contacts")).results.map(({ name }) => name)).toContain("loyalty_group");
    const made = await coreApi.create("contacts", property);
    expect([made.name, made.hubspotDefined, made.createdAt instanceof Date]).toEqual(["loyalty", false, true]);
    expect(await refusalOf(coreApi.create("contacts", property))).toMatchObject({ code: 409 });
    expect((await coreApi.update("contacts", "loyalty", { label: "How loyal" })).label).toBe("How loyal");
    const read = await batchApi.read("contacts", { archived: false, inputs: [{ name: "loyalty" }] });
    expect(read.results.map(({ name }) => name)).toEqual(["loyalty"]);
    await coreApi.archive("contacts", "loyalty");
    expect(await refusalOf(coreApi.getByName("contacts", "loyalty"))).toMatchObject({ code: 404 });
  });

  it("nothing of owners and pipelines, which it reads", async () => {
    const owners = await crm().owners.ownersApi.getPage("rep@demo.test");
    expect(owners.results).toMatchObject([{ id: "77002", firstName: "Clara", type: "PERSON" }]);
    expect((await crm().owners.ownersApi.getById(77_003)).email).toBe("manager@demo.test");
    const [pipeline] = (await crm().pipelines.pipelinesApi.getAll("tickets")).results;
    expect(pipeline?.stages.map(({ metadata }) => metadata?.["ticketState"])).toEqual([
      "OPEN",
      "OPEN",
      "OPEN",
      "CLOSED",
    ]);
  });
});

describe("HubSpot's client signs in", () => {
  const redirectUri = "http://localhost:4100/oauth/hubspot/callback";

  async function codeOf(): Promise<string> {
    const { client_id: clientId } = tested.simulator.identity;
    const asked = new URL(tested.client.oauth.getAuthorizationUrl(clientId, redirectUri, "oauth"));
    const answer = await fetch(`${tested.simulator.url}${asked.pathname}`, {
      method: "POST",
      body: new URLSearchParams([...asked.searchParams, ["decision", "approve"]]),
      redirect: "manual",
    });
    return new URL(answer.headers.get("location") ?? "about:blank").searchParams.get("code") ?? "";
  }

  it("exchanges a code once, refreshes, asks what a token is worth and gives it back", async () => {
    const { client_id: id, client_secret: secret, portal_id: portalId } = tested.simulator.identity;
    const { tokensApi, accessTokensApi, refreshTokensApi } = tested.client.oauth;
    const code = await codeOf();
    const tokens = await tokensApi.create("authorization_code", code, redirectUri, id, secret);
    expect([tokens.tokenType, tokens.expiresIn]).toEqual(["bearer", 1800]);
    const spent = await refusalOf(tokensApi.create("authorization_code", code, redirectUri, id, secret));
    expect([spent.code, spent.body["status"]]).toEqual([400, "BAD_AUTH_CODE"]);
    const refresh = () => tokensApi.create("refresh_token", undefined, undefined, id, secret, tokens.refreshToken);
    const refreshed = await refresh();
    expect(refreshed.accessToken).not.toBe(tokens.accessToken);
    expect(await accessTokensApi.get(refreshed.accessToken)).toMatchObject({ hubId: portalId, scopes: ["oauth"] });
    expect(await refreshTokensApi.get(tokens.refreshToken)).toMatchObject({ hubId: portalId, clientId: id });
    await refreshTokensApi.archive(tokens.refreshToken);
    const ended = await refusalOf(refresh());
    expect([ended.code, ended.body["status"]]).toEqual([400, "BAD_REFRESH_TOKEN"]);
  });
});

describe("HubSpot's client has webhooks sent", () => {
  it("to a target, for what was subscribed, and believes their signatures", async () => {
    const { app_id: appId, client_secret: clientSecret } = tested.simulator.identity;
    const port = await randomPort();
    const received: { headers: Record<string, unknown>; body: string }[] = [];
    const receiver = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on("data", (chunk: Buffer) => chunks.push(chunk));
      request.on("end", () => {
        received.push({ headers: request.headers, body: Buffer.concat(chunks).toString() });
        response.end();
      });
    });
    await new Promise<void>((resolve) => receiver.listen(port, "::", resolve));
    const url = `http://localhost:${port}/webhooks?from=hubspot`;
    const { settingsApi, subscriptionsApi } = tested.client.webhooks;
    const settings = await settingsApi.configure(appId, { targetUrl: url, throttling: { maxConcurrentRequests: 10 } });
    expect(settings.targetUrl).toBe(url);
    const eventType = SubscriptionCreateRequestEventTypeEnum.ContactPropertyChange;
    const made = await subscriptionsApi.create(appId, { eventType, propertyName: "city", active: true });
    expect((await subscriptionsApi.getAll(appId)).results.map(({ id }) => id)).toContain(made.id);
    await crm().contacts.basicApi.update(ANA, { properties: { city: "Rio" } });
    await tested.steer("clock", { advance_ms: 0 });
    receiver.close();
    const [webhook] = received;
    const requestBody = webhook?.body ?? "";
    expect(JSON.parse(requestBody)).toMatchObject([{ subscriptionId: Number(made.id), propertyValue: "Rio" }]);
    const timestamp = Number(webhook?.headers["x-hubspot-request-timestamp"]);
    const signature = String(webhook?.headers["x-hubspot-signature-v3"]);
    const signed = { signatureVersion: "v3", method: "POST", url, clientSecret, requestBody, timestamp } as const;
    expect(Signature.isValid({ ...signed, signature })).toBe(true);
    expect(Signature.isValid({ ...signed, signature, requestBody: "[]" })).toBe(false);
    const v1 = String(webhook?.headers["x-hubspot-signature"]);
    expect(Signature.isValid({ signatureVersion: "v1", clientSecret, requestBody, signature: v1 })).toBe(true);
    await settingsApi.clear(appId);
    expect(await refusalOf(settingsApi.getAll(appId))).toMatchObject({ code: 404 });
  });
});
