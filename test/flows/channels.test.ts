import postgres from "postgres";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { until } from "@aparte/launch/until.ts";
import { post, startWorld, type World } from "../support/world.ts";

let world: World;
let sql: postgres.Sql;
beforeAll(async () => {
  world = await startWorld();
  sql = postgres(world.database.url, { max: 1 });
});
beforeEach(async () => {
  await fetch(`${world.whatsapp.url}/_sim/faults`, { method: "DELETE" });
});
afterAll(async () => {
  await sql?.end();
  await world?.close();
});

const input = () => {
  const { waba_id: wabaId, phone_number_id: phoneNumberId, access_token: accessToken } = world.whatsapp.identity;
  return { wabaId, phoneNumberId, accessToken };
};

describe("channels", () => {
  it("shows the connected number to everyone and its token to nobody", async () => {
    const channels = await world.rep.channels.list.query();
    expect(channels).toEqual([
      {
        id: world.channelId,
        displayPhoneNumber: world.whatsapp.identity.display_phone_number,
        verifiedName: "Maison Lumen",
        qualityRating: "GREEN",
        usable: true,
        problem: null,
      },
    ]);
    const [row] = await sql<{ access_token: Buffer }[]>`select access_token from channels`;
    expect(row?.access_token.toString("latin1")).not.toContain(input().accessToken);
  });

  it("has Meta send the account's webhooks here", async () => {
    const ledger = (await (await fetch(`${world.whatsapp.url}/_sim/ledger`)).json()) as Record<string, unknown>[];
    expect(ledger.find(({ kind }) => kind === "app_subscribed")).toMatchObject({
      waba_id: input().wabaId,
      override_callback_uri: `${world.origin}/webhooks/whatsapp`,
    });
  });

  it("takes another token for the same number and keeps its id", async () => {
    expect(await world.admin.channels.connect.mutate(input())).toMatchObject({
      ok: true,
      channel: { id: world.channelId },
    });
    expect(await world.rep.channels.list.query()).toHaveLength(1);
  });

  it("refuses tokens that do not reach the number, and says why", async () => {
    const { expired_access_token, messaging_access_token, accounts } = world.whatsapp.identity;
    const refusal = async (change: Partial<ReturnType<typeof input>>) => {
      const result = await world.admin.channels.connect.mutate({ ...input(), ...change });
      return result.ok ? "connected" : result.refused;
    };
    expect(await refusal({ accessToken: expired_access_token })).toBe("channels.token_invalid");
    expect(await refusal({ accessToken: messaging_access_token })).toBe("channels.token_invalid");
    expect(await refusal({ accessToken: "a token\nwith a line break" })).toBe("channels.token_invalid");
    expect(await refusal({ accessToken: accounts[1]?.access_token ?? "" })).toBe("channels.token_invalid");
    expect(await refusal({ wabaId: accounts[1]?.waba_id ?? "" })).toBe("channels.number_not_in_account");
    expect(await refusal({ phoneNumberId: "999999999999999" })).toBe("channels.number_not_in_account");
  });

  it("stores nothing when Meta does not reach our webhook", async () => {
    const second = world.whatsapp.identity.phone_numbers[1]?.phone_number_id ?? "";
    await post(`${world.whatsapp.url}/_sim/faults`, {
      match: { method: "POST", path: "/subscribed_apps" },
      action: {
        kind: "status",
        status: 400,
        body: { error: { message: "(#2200) Callback verification failed", type: "OAuthException", code: 2200 } },
      },
    });
    const result = await world.admin.channels.connect.mutate({ ...input(), phoneNumberId: second });
    expect(result).toMatchObject({ refused: "channels.webhook_unreachable" });
    expect(await world.rep.channels.list.query()).toHaveLength(1);
  });

  it("refuses a number that another workspace of this server has", async () => {
    const second = world.whatsapp.identity.phone_numbers[1]?.phone_number_id ?? "";
    await sql`insert into workspaces (workspace_id, name) values ('00000000-0000-4000-8000-000000000001', 'Other')`;
    await sql`
      insert into channels (workspace_id, id, app_id, waba_id, phone_number_id, display_phone_number, verified_name,
        quality_rating, status, access_token)
      values ('00000000-0000-4000-8000-000000000001', gen_random_uuid(), '1', '1', ${second}, '+1', 'Other', 'GREEN',
        'CONNECTED', '')`;
    const result = await world.admin.channels.connect.mutate({ ...input(), phoneNumberId: second });
    expect(result).toMatchObject({ refused: "channels.number_taken" });
    await sql`delete from channels where phone_number_id = ${second}`;
  });

  it("learns the number's state from Meta when an admin asks", async () => {
    const { phone_number_id: number } = world.whatsapp.identity;
    await post(`${world.whatsapp.url}/_sim/numbers/${number}`, { registered: false, quality_rating: "RED" });
    expect(await world.admin.channels.refresh.mutate({ channelId: world.channelId })).toMatchObject({
      channel: { usable: false, problem: "channels.unusable", qualityRating: "RED" },
    });
    await post(`${world.whatsapp.url}/_sim/numbers/${number}`, { registered: true, quality_rating: "GREEN" });
    expect(await world.admin.channels.refresh.mutate({ channelId: world.channelId })).toMatchObject({
      channel: { usable: true, problem: null, qualityRating: "GREEN" },
    });
    expect(await world.admin.channels.refresh.mutate({ channelId: crypto.randomUUID() })).toMatchObject({
      refused: "channels.not_found",
    });
  });

  it("notes a token that ended, for everyone to see", async () => {
    await post(`${world.whatsapp.url}/_sim/faults`, {
      match: { method: "GET", times: 1 },
      action: {
        kind: "status",
        status: 401,
        body: { error: { message: "Error validating access token", type: "OAuthException", code: 190 } },
      },
    });
    expect(await world.admin.channels.refresh.mutate({ channelId: world.channelId })).toMatchObject({
      refused: "channels.token_invalid",
    });
    await until("the problem is shown", async () => {
      const [channel] = await world.rep.channels.list.query();
      return channel?.problem === "channels.token_invalid" && !channel.usable;
    });
    expect(await world.admin.channels.connect.mutate(input())).toMatchObject({ channel: { usable: true } });
  });
});
