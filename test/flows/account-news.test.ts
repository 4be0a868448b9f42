import { until } from "@aparte/launch/until.ts";
import postgres from "postgres";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { bodyOf, metaOf, unixNow, type Meta } from "../support/meta-webhook.ts";
import { startWorld, type World } from "../support/world.ts";

let world: World;
let sql: postgres.Sql;
let meta: Meta;
let digits: string;
beforeAll(async () => {
  world = await startWorld();
  sql = postgres(world.database.url, { max: 2 });
  meta = metaOf(world);
  const [channel] = await sql<
    { digits: string }[]
  >`select regexp_replace(display_phone_number, '\D', '', 'g') as digits from channels`;
  digits = channel?.digits ?? "";
});
afterAll(async () => {
  meta?.close();
  await sql?.end();
  await world?.close();
});

type News = { readonly field: string; readonly value: Readonly<Record<string, unknown>>; readonly time: number };

async function tell(...news: readonly News[]): Promise<void> {
  const { waba_id: id } = world.whatsapp.identity;
  for (const { field, value, time } of news) {
    expect(await meta.deliver(bodyOf([{ id, time, changes: [{ field, value }] }]))).toBe(200);
  }
  await until("all deliveries are understood", async () => {
    const [row] = await sql<{ waiting: number }[]>`
      select count(*)::int as waiting from webhook_deliveries where projected_at is null`;
    return row?.waiting === 0;
  });
}

describe("news of an account", () => {
  const limit = (max: string, time: number): News => ({
    field: "phone_number_quality_update",
    value: { display_phone_number: digits, event: "ONBOARDING", max_daily_conversations_per_business: max },
    time,
  });
  it("moves the limit by its own time, whatever comes last", async () => {
    await tell(limit("TIER_2K", unixNow() - 50), limit("TIER_250", unixNow() - 100));
    expect(await sql`select messaging_limit from channels`).toEqual([{ messaging_limit: "TIER_2K" }]);
    const portfolio = { max_daily_conversations_per_business: "TIER_10K", max_phone_numbers_per_business: 20 };
    await tell({ field: "business_capability_update", value: portfolio, time: unixNow() });
    expect(await sql`select messaging_limit from channels`).toEqual([{ messaging_limit: "TIER_10K" }]);
  });

  it("takes the newest of two limits that come together, of the number or of its portfolio", async () => {
    const { waba_id: id } = world.whatsapp.identity;
    const now = unixNow() + 10;
    const entry = ({ field, value, time }: News) => ({ id, time, changes: [{ field, value }] });
    const ofNumber = (max: string, time: number) => entry(limit(max, time));
    const ofAll = (max: string, time: number) =>
      entry({ field: "business_capability_update", value: { max_daily_conversations_per_business: max }, time });
    for (const body of [
      [ofNumber("TIER_250", now), ofAll("TIER_100K", now + 1)],
      [ofAll("TIER_250", now + 2), ofNumber("TIER_100K", now + 3)],
    ]) {
      expect(await meta.deliver(bodyOf(body))).toBe(200);
      await tell();
      expect(await sql`select messaging_limit from channels`).toEqual([{ messaging_limit: "TIER_100K" }]);
    }
  });

  it("takes an approved name, and remembers why another was refused", async () => {
    const name = (decision: string, requested: string, time: number): News => ({
      field: "phone_number_name_update",
      value: { display_phone_number: digits, decision, requested_verified_name: requested, rejection_reason: null },
      time,
    });
    await tell(name("APPROVED", "Acme Sofas", unixNow() - 20), name("REJECTED", "Best Sofas", unixNow() - 10));
    expect(await sql`select verified_name, name_decision, requested_name from channels`).toEqual([
      { verified_name: "Acme Sofas", name_decision: "REJECTED", requested_name: "Best Sofas" },
    ]);
  });

  it("takes an approved name in whatever order and company it is told of", async () => {
    const { waba_id: id } = world.whatsapp.identity;
    const now = unixNow();
    const entry = (decision: string, requested_verified_name: string, time: number) => {
      const value = { display_phone_number: digits, decision, requested_verified_name, rejection_reason: null };
      return { id, time, changes: [{ field: "phone_number_name_update", value }] };
    };
    const together = [entry("REJECTED", "Finest Sofas", now - 4), entry("APPROVED", "Good Sofas", now - 6)];
    expect(await meta.deliver(bodyOf(together))).toBe(200);
    await tell();
    const names = () => sql`select verified_name, name_decision, requested_name from channels`;
    const rejected = { name_decision: "REJECTED", requested_name: "Finest Sofas" };
    expect(await names()).toEqual([{ verified_name: "Good Sofas", ...rejected }]);
    await tell({
      field: "phone_number_name_update",
      value: entry("APPROVED", "Fine Sofas", 0).changes[0]?.value ?? {},
      time: now - 5,
    });
    expect(await names()).toEqual([{ verified_name: "Fine Sofas", ...rejected }]);
  });

  it("stops a number whose account was disabled until it is reinstated, and keeps the news once", async () => {
    const state = (waba_ban_state: string, time: number): News => ({
      field: "account_update",
      value: { event: "DISABLED_UPDATE", ban_info: { waba_ban_state, waba_ban_date: "2026-11-22" } },
      time,
    });
    const disabled = state("DISABLE", unixNow() - 9);
    await tell(disabled, disabled);
    expect(await world.rep.channels.list.query()).toMatchObject([
      { usable: false, problem: "channels.account_problem" },
    ]);
    expect(await sql`select event from channels_news where field = 'account_update'`).toEqual([
      { event: "DISABLED_UPDATE" },
    ]);
    await tell(state("REINSTATE", unixNow() - 3), disabled);
    expect(await world.rep.channels.list.query()).toMatchObject([{ usable: true, problem: null }]);
  });
});
