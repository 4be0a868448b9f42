import { defaultPolicy } from "@aparte/core/consent-policy.ts";
import postgres from "postgres";
import { afterAll, beforeAll, expect, it } from "vitest";
import { startWorld, type World } from "../support/world.ts";

let world: World;
let sql: postgres.Sql;
beforeAll(async () => {
  world = await startWorld();
  sql = postgres(world.database.url, { max: 2 });
});
afterAll(async () => {
  await sql?.end();
  await world?.close();
});

const changes = () =>
  sql<{ actor: string; payload: unknown }[]>`
    select actor, payload from events where name = 'policy.changed' order by id`;

it("keeps to the defaults until an administrator decides, and says who decided what", async () => {
  expect(await world.rep.consent.policy.query()).toEqual({ policy: defaultPolicy, changed: null });

  const strict = { ...defaultPolicy, strictFrance: true, caps: { ...defaultPolicy.caps, week: 1 } };
  const saved = await world.admin.consent.savePolicy.mutate(strict);
  expect(saved).toEqual({
    policy: strict,
    changed: { at: expect.stringMatching(/^\d{4}-.*Z$/), by: expect.any(String) },
  });
  expect(await world.rep.consent.policy.query()).toEqual(saved);
  expect(await changes()).toEqual([{ actor: saved.changed?.by, payload: { settings: "strictFrance, caps" } }]);

  // Nothing new: nothing to tell.
  expect(await world.admin.consent.savePolicy.mutate(strict)).toEqual(saved);
  expect(await changes()).toHaveLength(1);

  await world.admin.consent.savePolicy.mutate(defaultPolicy);
  expect((await world.rep.consent.policy.query()).policy).toEqual(defaultPolicy);
  expect(await changes()).toHaveLength(2);
});

it("knows settings that came later than what was stored by their defaults", async () => {
  await sql`update consent_policies set settings = '{"strictFrance": true}'`;
  expect((await world.rep.consent.policy.query()).policy).toEqual({ ...defaultPolicy, strictFrance: true });
});

it("takes no policy that would hold messages for ever", async () => {
  const never = { ...defaultPolicy.quietHours, utility: [[], [], [], [], [], [], []] as const };
  await expect(world.admin.consent.savePolicy.mutate({ ...defaultPolicy, quietHours: never })).rejects.toThrow();
});
