import { createHmac } from "node:crypto";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { CUSTOMER, errorOf, openSimulator } from "../testing/open-simulator.ts";
import type { OpenSimulator } from "../testing/open-simulator.ts";
import { openReceiver } from "../testing/webhook-receiver.ts";
import type { Receiver } from "../testing/webhook-receiver.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

let sim: OpenSimulator;
let receiver: Receiver;
let subscribedApps: string;
beforeEach(async () => {
  sim = await openSimulator();
  receiver = await openReceiver("verify");
  subscribedApps = `/v26.0/${sim.identity.waba_id}/subscribed_apps`;
});
afterEach(async () => {
  await sim.close();
  await receiver.close();
});

const override = () => ({ override_callback_uri: receiver.url, verify_token: "verify" });
const subscribe = () => sim.post(subscribedApps, override());
const fault = (action: Record<string, unknown>, match: Record<string, unknown> = {}) =>
  sim.post("/_sim/faults", { target: "webhook", match, action });

type Delivery = { state: string; body: string; attempts: { at: string; status: number | null }[] };
const deliveries = async () => (await sim.get("/_sim/deliveries")).body as unknown as Delivery[];
const texts = () =>
  receiver.received.map(({ body }) =>
    body.entry.flatMap((entry) =>
      entry.changes.flatMap(({ value }) =>
        ((value.messages ?? []) as { text: { body: string } }[]).map((message) => message.text.body),
      ),
    ),
  );

describe("subscribing", () => {
  it("asks the callback for the challenge at once, and refuses one that does not know the token", async () => {
    expect((await subscribe()).body).toEqual({ success: true });
    expect((await sim.get(subscribedApps)).body).toEqual({
      data: [
        {
          whatsapp_business_api_data: {
            id: sim.identity.app_id,
            name: sim.identity.app_name,
            link: expect.any(String),
          },
          override_callback_uri: receiver.url,
        },
      ],
    });
    const wrong = errorOf(await sim.post(subscribedApps, { ...override(), verify_token: "guess" }));
    expect(wrong).toMatchObject({ status: 400, code: 2200, message: expect.stringContaining("403") });
    const nobody = await sim.post(subscribedApps, { ...override(), override_callback_uri: "http://localhost:1/hook" });
    expect(errorOf(nobody)).toMatchObject({ status: 400, code: 2200 });
    expect(errorOf(await sim.post(subscribedApps, { ...override(), verify_token: undefined }))).toMatchObject({
      code: 100,
    });
  });

  it("lets an app set its callback and fields with its own token, and stop again", async () => {
    const { app_id, app_secret, access_token } = sim.identity;
    const path = `/v26.0/${app_id}/subscriptions`;
    const appToken = `${app_id}|${app_secret}`;
    const body = {
      object: "whatsapp_business_account",
      callback_url: receiver.url,
      verify_token: "verify",
      fields: "messages",
    };
    expect(errorOf(await sim.post(path, body, access_token))).toMatchObject({ status: 400, code: 15 });
    expect(errorOf(await sim.post(path, body, `${app_id}|wrong`))).toMatchObject({ status: 401, code: 190 });
    expect(errorOf(await sim.post(path, { ...body, fields: "gossip" }, appToken))).toMatchObject({ code: 100 });
    expect((await sim.post(path, body, appToken)).body).toEqual({ success: true });
    expect((await sim.get(path, appToken)).body).toMatchObject({
      data: [{ callback_url: receiver.url, active: true, fields: [{ name: "messages", version: "v26.0" }] }],
    });
    await sim.post(subscribedApps);
    await sim.hear("to the app's own callback");
    await receiver.until(1);
    await sim.post(`/_sim/people/${CUSTOMER}`, { opted_out: true });
    expect(await deliveries()).toHaveLength(1);
    await sim.del(path, appToken);
    await sim.hear("to nobody");
    expect(await deliveries()).toHaveLength(1);
  });

  it("sends nothing to an app that is not subscribed, or no longer", async () => {
    await sim.hear("unheard");
    await subscribe();
    await sim.del(subscribedApps);
    await sim.hear("unheard again");
    expect(await deliveries()).toEqual([]);
  });
});

describe("a webhook", () => {
  it("is signed over its raw bytes, with everything outside ASCII escaped", async () => {
    await subscribe();
    const { user_id, id } = (await sim.hear("Ça va? 👍")).body;
    const [post] = await receiver.until(1);
    expect(post?.raw).toContain("\\u00c7a va? \\ud83d\\udc4d");
    const hmac = (hash: string) =>
      createHmac(hash, sim.identity.app_secret)
        .update(post?.raw ?? "")
        .digest("hex");
    expect(post?.headers).toMatchObject({
      "x-hub-signature-256": `sha256=${hmac("sha256")}`,
      "x-hub-signature": `sha1=${hmac("sha1")}`,
      "user-agent": "facebookexternalua",
      "content-type": "application/json",
    });
    expect(post?.body).toEqual({
      object: "whatsapp_business_account",
      entry: [
        {
          id: sim.identity.waba_id,
          changes: [
            {
              field: "messages",
              value: {
                messaging_product: "whatsapp",
                metadata: { display_phone_number: "33199004210", phone_number_id: sim.identity.phone_number_id },
                contacts: [{ profile: { name: "Customer 0042" }, wa_id: CUSTOMER, user_id }],
                messages: [
                  {
                    from: CUSTOMER,
                    from_user_id: user_id,
                    id,
                    timestamp: expect.stringMatching(/^\d{10}$/u),
                    type: "text",
                    text: { body: "Ça va? 👍" },
                  },
                ],
              },
            },
          ],
        },
      ],
    });
  });

  it("leaves out the phone number of somebody who hides it", async () => {
    await subscribe();
    await sim.post(`/_sim/people/${CUSTOMER}`, { phone_hidden: true, username: "ana.s" });
    await sim.hear("hi");
    const [post] = await receiver.until(1);
    expect(post?.raw).not.toContain(`"${CUSTOMER}"`);
    expect(post?.raw).toContain('"username":"ana.s"');
  });

  it("is sent again, less and less often, until it is answered 200", async () => {
    await subscribe();
    receiver.answers.push(500, 302, 204);
    await sim.hear("hi");
    await receiver.until(1);
    await sim.advance(HOUR_MS);
    expect(new Set(receiver.received.map(({ raw }) => raw)).size).toBe(1);
    const [delivery] = await deliveries();
    expect(delivery).toMatchObject({ state: "delivered" });
    expect(delivery?.attempts.map(({ status }) => status)).toEqual([500, 302, 204, 200]);
    const times = (delivery?.attempts ?? []).map(({ at }) => new Date(at).getTime());
    const gaps = times.slice(1).map((time, index) => time - (times[index] ?? 0));
    expect(gaps).toEqual([...gaps].sort((a, b) => a - b));
  });

  it("is given up after seven days", async () => {
    await subscribe();
    await receiver.close();
    await sim.hear("hi");
    await sim.advance(6 * DAY_MS);
    expect(await deliveries()).toMatchObject([{ state: "waiting" }]);
    await sim.advance(2 * DAY_MS);
    const [delivery] = await deliveries();
    expect(delivery?.state).toBe("dropped");
    expect(delivery?.attempts.at(-1)).toMatchObject({ status: null, error: expect.any(String) });
  });
});

describe("a broken webhook", () => {
  beforeEach(subscribe);

  it("comes several times, in the same bytes", async () => {
    await fault({ kind: "duplicate", copies: 3 });
    await sim.hear("again");
    await receiver.until(4);
    expect(new Set(receiver.received.map(({ raw }) => raw)).size).toBe(1);
  });

  it("comes after the one that follows it", async () => {
    await fault({ kind: "reorder" }, { times: 1 });
    await sim.hear("first");
    await sim.hear("second");
    await receiver.until(2);
    expect(texts()).toEqual([["second"], ["first"]]);
  });

  it("is held until the rule is lifted", async () => {
    await fault({ kind: "hold" }, { body: "secret" });
    await sim.hear("secret");
    await sim.hear("open");
    await receiver.until(1);
    expect(await deliveries()).toMatchObject([{ state: "held" }, { state: "delivered" }]);
    await sim.del("/_sim/faults");
    await receiver.until(2);
    expect(texts()).toEqual([["open"], ["secret"]]);
  });

  it("comes late on the clock", async () => {
    await fault({ kind: "delay", ms: HOUR_MS });
    await sim.hear("late");
    await sim.advance(HOUR_MS - 60_000);
    expect(receiver.received).toHaveLength(0);
    await sim.advance(60_000);
    expect(texts()).toEqual([["late"]]);
  });

  it("is signed with another secret", async () => {
    await fault({ kind: "wrong_signature" });
    await sim.hear("forged");
    const [post] = await receiver.until(1);
    const right = createHmac("sha256", sim.identity.app_secret)
      .update(post?.raw ?? "")
      .digest("hex");
    expect(post?.headers["x-hub-signature-256"]).not.toBe(`sha256=${right}`);
  });

  it("carries several updates of the account, and the rest when the rule is lifted", async () => {
    await fault({ kind: "batch", size: 2 });
    for (const word of ["a", "b", "c"]) await sim.hear(word);
    await receiver.until(1);
    await sim.del("/_sim/faults");
    await receiver.until(2);
    expect(texts()).toEqual([["a", "b"], ["c"]]);
    expect(receiver.received[0]?.body.entry).toHaveLength(1);
  });
});
