import { expect, it } from "vitest";
import { DEMO_ACCOUNTS } from "../seed.ts";
import { createState } from "../state.ts";
import { countCall, usageHeader } from "./usage.ts";

it("counts management calls of an app and account, and stops at 5,000 in an hour", () => {
  const state = createState(DEMO_ACCOUNTS, 0);
  const count = (now: number) => countCall(state, "app", "account", now);
  for (let calls = 0; calls < 5000; calls += 1) expect(count(0)).toBeUndefined();
  expect(count(0)).toMatchObject({ status: 400, error: { code: 80007 } });
  expect(countCall(state, "another app", "account", 0)).toBeUndefined();
  const [usage] = JSON.parse(usageHeader(state, "app", "account", 60_000)).account;
  expect(usage).toMatchObject({ type: "whatsapp", call_count: 100, estimated_time_to_regain_access: 59 });
  expect(count(3_600_000)).toBeUndefined();
});
