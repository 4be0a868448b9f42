import { expect, it } from "vitest";
import { DEMO_ACCOUNTS } from "../seed.ts";
import { createState } from "../state.ts";
import { countCall, usageHeader } from "./usage.ts";

const [{ waba_id: account }] = DEMO_ACCOUNTS;

it.each([
  ["5,000 once a number is registered", 5000, true],
  ["200 before", 200, false],
])("counts management calls of an app and account, and stops in an hour at %s", (_what, most, registered) => {
  const state = createState(DEMO_ACCOUNTS, 0);
  for (const number of state.accounts.get(account)?.numbers ?? []) number.registered = registered;
  const count = (now: number) => countCall(state, "app", account, now);
  for (let calls = 0; calls < most; calls += 1) expect(count(0)).toBeUndefined();
  expect(count(0)).toMatchObject({ status: 400, error: { code: 80007 } });
  expect(countCall(state, "another app", account, 0)).toBeUndefined();
  const [usage] = JSON.parse(usageHeader(state, "app", account, 60_000))[account];
  expect(usage).toMatchObject({ type: "whatsapp", call_count: 100, estimated_time_to_regain_access: 59 });
  expect(count(3_600_000)).toBeUndefined();
});
