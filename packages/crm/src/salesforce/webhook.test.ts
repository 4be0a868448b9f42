import { createHmac } from "node:crypto";
import { describe, expect, it } from "vitest";
import type { IncomingWebhook } from "../record.ts";
import { readWebhook } from "./webhook.ts";

const app = { baseUrl: "https://login.salesforce.com", clientId: "id", clientSecret: "secret-1" };
const now = new Date("2026-11-22T09:20:00.000Z");

function event(header: object, myDomain = "Acme--uat.sandbox"): object {
  return {
    myDomain,
    event: { replayId: 7 },
    payload: {
      ChangeEventHeader: {
        entityName: "Contact",
        recordIds: ["003D000000IRFma"],
        changeType: "UPDATE",
        changeOrigin: "com/salesforce/api/rest/67.0;client=SfdcInternal",
        commitTimestamp: Date.parse("2026-11-22T09:19:00.000Z"),
        ...header,
      },
    },
  };
}

function sent(content: unknown, change: { readonly secret?: string; readonly at?: Date } = {}): IncomingWebhook {
  const body = Buffer.from(typeof content === "string" ? content : JSON.stringify(content));
  const time = String((change.at ?? now).getTime());
  const signature = createHmac("sha256", change.secret ?? "secret-1")
    .update(`${time}.`)
    .update(body)
    .digest("base64url");
  const headers = { "x-aparte-timestamp": time, "x-aparte-signature": signature };
  return { method: "POST", url: "https://a.test/webhooks/salesforce", headers, body, now };
}

describe("readWebhook", () => {
  it("reads each record of an event", () => {
    const several = event({ recordIds: ["003D000000IRFma", "003D000000IRFmbIAH"] });
    const ref = { crm: "salesforce", account: "acme--uat.sandbox", type: "contact" } as const;
    const told = { kind: "updated", into: null, at: "2026-11-22T09:19:00.000Z", isEcho: false };
    expect(readWebhook(app, sent([several]))).toEqual({
      genuine: true,
      changes: [
        { ...told, ref: { ...ref, id: "003D000000IRFmaIAH" } },
        { ...told, ref: { ...ref, id: "003D000000IRFmbIAH" } },
      ],
    });
  });

  it.each([
    ["CREATE", "updated"],
    ["GAP_UPDATE", "updated"],
    ["DELETE", "deleted"],
    ["GAP_DELETE", "deleted"],
    ["UNDELETE", "restored"],
    ["GAP_UNDELETE", "restored"],
  ])("takes %s as %s", (changeType, kind) => {
    expect(readWebhook(app, sent([event({ changeType })]))).toMatchObject({ changes: [{ kind }] });
  });

  it("knows our own writes", () => {
    const origin = (changeOrigin: string) => readWebhook(app, sent([event({ changeOrigin })]));
    expect(origin("com/salesforce/api/rest/67.0;client=aparte")).toMatchObject({ changes: [{ isEcho: true }] });
    expect(origin("com/salesforce/api/soap/67.0;client=aparte/")).toMatchObject({ changes: [{ isEcho: true }] });
    expect(origin("com/salesforce/api/rest/67.0;client=aparte2")).toMatchObject({ changes: [{ isEcho: false }] });
  });

  it("leaves out what it does not know, and goes on", () => {
    const others = [
      event({ entityName: "Campaign" }),
      event({ changeType: "GAP_OVERFLOW" }),
      event({ changeType: "constructor" }),
      event({ commitTimestamp: 9e15 }),
      event({ recordIds: ["' OR 1=1"] }),
      { schema: "other" },
      null,
    ];
    expect(readWebhook(app, sent([...others, event({})]))).toMatchObject({ genuine: true, changes: [{}] });
    for (const body of ["{}", "no json", ""])
      expect(readWebhook(app, sent(body))).toEqual({ genuine: true, changes: [] });
  });

  it("believes nobody else, nothing old, and no changed body", () => {
    const genuine = sent([event({})]);
    const minutes = (count: number) => new Date(now.getTime() + count * 60_000);
    const wrong: IncomingWebhook[] = [
      sent([event({})], { secret: "secret-2" }),
      sent([event({})], { at: minutes(-6) }),
      sent([event({})], { at: minutes(6) }),
      { ...genuine, body: Buffer.from(JSON.stringify([event({ changeType: "DELETE" })])) },
      { ...genuine, headers: { ...genuine.headers, "x-aparte-timestamp": String(now.getTime() + 1) } },
      { ...genuine, headers: { ...genuine.headers, "x-aparte-signature": "" } },
      { ...genuine, headers: { "x-aparte-signature": genuine.headers["x-aparte-signature"] ?? "" } },
      { ...genuine, headers: {} },
    ];
    expect(readWebhook(app, genuine).genuine).toBe(true);
    expect(wrong.map((webhook) => readWebhook(app, webhook))).toEqual(wrong.map(() => ({ genuine: false })));
    expect(readWebhook(app, sent([], { at: minutes(-4) })).genuine).toBe(true);
  });
});
