import { describe, expect, it } from "vitest";
import { createWhatsAppClient, type WhatsAppClient } from "./client.ts";
import { freeBody } from "./message-body.ts";
import { accessToken, appSecret, graph, json, metaError, stopListening, type Answer } from "./testing/graph-server.ts";

const body = freeBody({
  to: "15550100042",
  content: { kind: "text", text: "hi" },
  replyToWamid: null,
  aboutWamid: null,
  files: new Map(),
  callbackData: "our-id",
});

describe("a send", () => {
  const send = (client: WhatsAppClient) => client.sendMessage("8001", body);

  it("is accepted with Meta's id, and was asked for as documented", async () => {
    const { client, received } = await graph(
      json({
        messaging_product: "whatsapp",
        contacts: [{ input: "+15550100042", wa_id: "15550100042" }],
        messages: [{ id: "wamid.1", message_status: "held_for_quality_assessment" }],
      }),
    );
    expect(await send(client)).toEqual({
      outcome: "accepted",
      wamid: "wamid.1",
      waId: "15550100042",
      bsuid: null,
      messageStatus: "held_for_quality_assessment",
    });
    expect(received).toMatchObject([{ method: "POST", token: "Bearer EAAtest", json: body }]);
    expect(received[0]?.url.pathname).toBe("/v26.0/8001/messages");
    expect(received[0]?.url.search).toBe("");
  });

  it("to a BSUID comes back with it", async () => {
    const { client } = await graph(
      json({ contacts: [{ input: "US.1", user_id: "US.1" }], messages: [{ id: "wamid.1" }] }),
    );
    expect(await send(client)).toMatchObject({ outcome: "accepted", waId: null, bsuid: "US.1", messageStatus: null });
  });

  it.each([
    [131047, 400],
    [132001, 404],
    [190, 401],
    [131056, 400],
    [131000, 500],
    [131016, 500],
    [2, 503],
  ])("is rejected by an error body: code %i with status %i", async (code, status) => {
    const { client } = await graph(metaError(code, status, "why"));
    expect(await send(client)).toEqual({
      outcome: "rejected",
      error: { code, subcode: null, title: `(#${code}) No`, details: "why", fbtraceId: "A1", httpStatus: status },
    });
  });

  it("never left when nobody listens, and when the name is unknown", async () => {
    const { client } = await graph(json({}));
    await stopListening();
    expect(await send(client)).toEqual({ outcome: "never_left", reason: "not_connected" });
    const nowhere = createWhatsAppClient({ baseUrl: "http://graph.invalid", version: "v26.0", accessToken });
    expect(await send(nowhere)).toEqual({ outcome: "never_left", reason: "not_connected" });
  });

  it.each<[string, string, Answer]>([
    ["the connection is cut before the answer", "connection_lost", (response) => response.destroy()],
    [
      "the connection is cut inside the answer",
      "connection_lost",
      (response) => {
        response.writeHead(200, { "content-length": "100" }).write("{", () => response.destroy());
      },
    ],
    ["the answer is a page", "unreadable_answer", (response) => response.writeHead(200).end("<html>")],
    ["the answer is empty", "unreadable_answer", (response) => response.writeHead(200).end()],
    ["the answer names no message", "unreadable_answer", json({ messages: [] })],
    ["a proxy refuses", "unreadable_answer", (response) => response.writeHead(403).end("no")],
    ["a refusal has no error body", "unreadable_answer", json({ messages: [{ id: "wamid.1" }] }, 400)],
    ["a server fails with a page", "server_error", (response) => response.writeHead(502).end("bad gateway")],
    ["a server fails with other data", "server_error", json({ oops: true }, 500)],
    ["a server fails without saying what it did", "server_error", metaError(1, 500)],
    ["a server fails with a code of tomorrow", "server_error", metaError(777_777, 500)],
    [
      "it is sent elsewhere",
      "redirected",
      (response) => response.writeHead(307, { location: "http://127.0.0.1:1/" }).end(),
    ],
    [
      "the answer does not end",
      "too_large",
      (response) => response.writeHead(200).end(Buffer.alloc(5 * 1024 * 1024, " ")),
    ],
  ])("is unknown when %s, and was sent once", async (_when, reason, answer) => {
    const { client, received } = await graph(answer);
    expect(await send(client)).toEqual({ outcome: "unknown", reason });
    expect(received).toHaveLength(1);
  });

  it("is unknown when the answer does not come in time, or stops coming", async () => {
    const silent = await graph(() => {}, { timeoutMs: 100 });
    expect(await send(silent.client)).toEqual({ outcome: "unknown", reason: "timeout" });
    const stuck = await graph((response) => response.writeHead(200).write("{"), { timeoutMs: 100 });
    expect(await send(stuck.client)).toEqual({ outcome: "unknown", reason: "timeout" });
  });
});

describe("secrets", () => {
  it("proves the app secret when there is one", async () => {
    const { client, received } = await graph(json({ success: true }), { appSecret });
    expect(await client.markRead("8001", "wamid.1")).toEqual({ ok: true, value: null });
    expect(received[0]?.url.searchParams.get("appsecret_proof")).toBe(
      "e7385d4982075b7ea01e0db0fcc2613ad4d08cf6f542b5b25bea29ff433e61fa",
    );
    expect(received[0]?.json).toEqual({ messaging_product: "whatsapp", status: "read", message_id: "wamid.1" });
  });

  it("keeps the token out of an error that quotes it", async () => {
    const error = { code: 190, message: `Malformed access token ${accessToken}`, error_user_msg: appSecret };
    const { client } = await graph(json({ error }, 400), { appSecret });
    for (const result of [await client.sendMessage("8001", body), await client.phoneNumber("8001")]) {
      expect(result).toMatchObject({ error: { title: "Malformed access token [secret]", details: "[secret]" } });
    }
  });

  it("refuses settings that no request could use, without quoting them", () => {
    const settings = { baseUrl: "https://graph.facebook.com", version: "v26.0", accessToken };
    for (const [wrong, message] of [
      [{ accessToken: "" }, "access token is empty"],
      [{ accessToken: "EAA\nx" }, "forbidden characters"],
      [{ appSecret: "" }, "app secret is empty"],
      [{ version: "26" }, "v26.0"],
      [{ baseUrl: "graph" }, "not a URL"],
    ] as const) {
      expect(() => createWhatsAppClient({ ...settings, ...wrong })).toThrow(message);
    }
    expect(() => createWhatsAppClient({ ...settings, accessToken: "EAA\nx" })).not.toThrow("EAA");
  });
});

describe("reading an account", () => {
  it("reads a number", async () => {
    const { client, received } = await graph(
      json({ id: "8001", display_phone_number: "+1 555-010-0001", verified_name: "Acme", quality_rating: "NA" }),
    );
    expect(await client.phoneNumber("8001")).toEqual({
      ok: true,
      value: {
        phoneNumberId: "8001",
        displayPhoneNumber: "+1 555-010-0001",
        verifiedName: "Acme",
        qualityRating: "UNKNOWN",
        status: null,
      },
    });
    expect(received[0]?.url.searchParams.get("fields")?.split(",")).toContain("quality_rating");
  });

  it("follows the pages by cursor, never by the address in the answer", async () => {
    const template = (name: string) => ({
      id: name,
      name,
      language: "en",
      category: "UTILITY",
      status: "APPROVED",
      components: [{ type: "BODY", text: "Hi" }],
    });
    const { client, received } = await graph((response, { url }) => {
      const last = url.searchParams.get("after") === "c1";
      const paging = { cursors: { after: last ? "c2" : "c1" }, next: last ? undefined : "http://127.0.0.1:1/" };
      json({ data: last ? [template("b"), { id: "?" }] : [template("a")], paging })(
        response,
        received[0] ?? expect.fail(),
      );
    });
    expect(await client.templates("7001")).toMatchObject({
      ok: true,
      value: { templates: [{ name: "a" }, { name: "b" }], unreadable: 1 },
    });
    expect(received.map(({ url }) => [url.pathname, url.searchParams.get("limit")])).toEqual(
      ["100", "100"].map((limit) => ["/v26.0/7001/message_templates", limit]),
    );
  });

  it("gives up on pages that never end", async () => {
    const { client, received } = await graph(json({ data: [], paging: { cursors: { after: "x" }, next: "y" } }));
    expect(await client.accountPhoneNumbers("7001")).toEqual({ ok: false, error: null, reason: "too_large" });
    expect(received).toHaveLength(200);
  });

  it("lists the numbers, or says that it cannot read one", async () => {
    const number = {
      id: "8001",
      display_phone_number: "+1 555-010-0001",
      quality_rating: "GREEN",
      status: "CONNECTED",
    };
    const good = await graph(json({ data: [number] }));
    expect(await good.client.accountPhoneNumbers("7001")).toMatchObject({ ok: true, value: [{ status: "CONNECTED" }] });
    const bad = await graph(json({ data: [number, {}] }));
    expect(await bad.client.accountPhoneNumbers("7001")).toMatchObject({ ok: false, reason: "unreadable_answer" });
  });

  it("subscribes the app with its own address", async () => {
    const { client, received } = await graph(json({ success: true }));
    const callback = { callbackUrl: "https://aparte.example/webhooks/whatsapp", verifyToken: "v" };
    expect(await client.subscribeApp("7001", callback)).toEqual({ ok: true, value: null });
    expect(received).toMatchObject([
      { method: "POST", json: { override_callback_uri: callback.callbackUrl, verify_token: "v" } },
    ]);
    expect(received[0]?.url.pathname).toBe("/v26.0/7001/subscribed_apps");
  });

  it("asks about its token in the name of the app", async () => {
    const scopes = ["whatsapp_business_messaging", "business_management"];
    const granular_scopes = [
      { scope: "whatsapp_business_messaging", target_ids: ["7001", "7002"] },
      { scope: "business_management" },
    ];
    const data = { app_id: "6001", is_valid: true, expires_at: 1795305600, scopes, granular_scopes };
    const { client, received } = await graph(json({ data }));
    expect(await client.debugToken({ appId: "6001", appSecret })).toEqual({
      ok: true,
      value: { valid: true, appId: "6001", expiresAt: "2026-11-22T00:00:00.000Z", scopes, wabaIds: ["7001", "7002"] },
    });
    expect(received[0]).toMatchObject({ token: `Bearer 6001|${appSecret}` });
    expect(received[0]?.url.searchParams.get("input_token")).toBe(accessToken);
  });

  it("reads a token that is not valid, or not bound to accounts", async () => {
    const { client } = await graph(json({ data: { is_valid: false, expires_at: 0, scopes: [] } }));
    expect(await client.debugToken({ appId: "6001", appSecret })).toEqual({
      ok: true,
      value: { valid: false, appId: null, expiresAt: null, scopes: [], wabaIds: null },
    });
  });

  it("hands on Meta's refusal, or says why there is no answer", async () => {
    const refusing = await graph(metaError(100, 400));
    expect(await refusing.client.phoneNumber("8001")).toMatchObject({ ok: false, error: { code: 100 }, reason: null });
    const failing = await graph((response) => response.writeHead(503).end());
    expect(await failing.client.templates("7001")).toEqual({ ok: false, error: null, reason: "server_error" });
    const cut = await graph((response) => response.destroy());
    expect(await cut.client.markRead("8001", "wamid.1")).toEqual({ ok: false, error: null, reason: "connection_lost" });
    const other = await graph(json({ success: false }));
    expect(await other.client.markRead("8001", "wamid.1")).toMatchObject({ ok: false, reason: "unreadable_answer" });
  });
});
