import { browser } from "wxt/browser";
import { asText, isObject } from "../../platform/guards.ts";
import { storedSession } from "../../platform/session.ts";
import { readSettings } from "../../platform/settings.ts";
import { item, type Item } from "../../platform/storage.ts";
import { askApproval, requestCode, whoIs, type DeviceCode } from "./device-flow.ts";

/** How a sign-in stands, for the pages that started it. Absent: none is under way. */
export type SignInState =
  | { readonly state: "waiting"; readonly userCode: string | null }
  | { readonly state: "failed"; readonly reason: "unreachable" | "denied" | "expired" };

/** What is kept while the person approves. In the browser's memory: it is no use after a restart. */
type Pending = DeviceCode & {
  /** The tab that we opened for the approval, and the one to come back to. */
  readonly approvalTab: number | null;
  readonly returnTab: number | null;
};

export const signInState: Item<SignInState> = item("session", "sign-in", parseState);
const pending: Item<Pending> = item("session", "sign-in-pending", parsePending);

/** Wakes the background when the browser has ended it while a sign-in was under way; the shortest period there is. */
export const signInAlarm = "sign-in";
const alarmMinutes = 0.5;

/** Begins a sign-in: opens the console's page beside the tab of `returnTab`. Beginning again replaces the former one. */
export async function beginSignIn(returnTab: number | null, send: typeof fetch = fetch): Promise<void> {
  await signInState.write({ state: "waiting", userCode: null });
  const former = await pending.read();
  try {
    const { serverUrl } = await readSettings();
    const code = await requestCode(serverUrl, send, Date.now());
    if (former?.approvalTab) await closeTab(former.approvalTab);
    const tab = await browser.tabs.create({ url: code.page });
    await pending.write({ ...code, approvalTab: tab.id ?? null, returnTab });
    await browser.alarms.create(signInAlarm, { periodInMinutes: alarmMinutes });
  } catch {
    await endSignIn({ state: "failed", reason: "unreachable" });
    return;
  }
  await waitForApproval(send);
}

let asking = false;

/**
 * Asks until the person has decided. Each question is work that keeps the background alive; when the browser ends it all
 * the same, the alarm comes here again.
 */
export async function waitForApproval(send: typeof fetch = fetch): Promise<void> {
  if (asking) return;
  asking = true;
  try {
    for (;;) {
      const current = await pending.read();
      if (current === null) return;
      if (await ask(current, send)) return;
    }
  } finally {
    asking = false;
  }
}

/** One question after one interval; true when the sign-in has ended, well or not. */
async function ask(current: Pending, send: typeof fetch): Promise<boolean> {
  await new Promise((resolve) => setTimeout(resolve, current.interval));
  if ((await pending.read())?.code !== current.code) return false;
  if (Date.now() > current.expiresAt) return endSignIn({ state: "failed", reason: "expired" });
  const approval = await askApproval(current, send).catch(() => ({ state: "pending" }) as const);
  switch (approval.state) {
    case "pending":
      return false;
    case "slow_down":
      await pending.write({ ...current, interval: current.interval + 5_000 });
      return false;
    case "denied":
    case "expired":
      return endSignIn({ state: "failed", reason: approval.state });
    case "approved":
      return completeSignIn(current, approval.token, send);
  }
}

async function completeSignIn(current: Pending, token: string, send: typeof fetch): Promise<boolean> {
  const user = await whoIs(current.server, token, send).catch(() => null);
  if (user === null) return endSignIn({ state: "failed", reason: "unreachable" });
  await storedSession.write({ server: current.server, token, user });
  await endSignIn(null);
  if (current.returnTab !== null) await showTab(current.returnTab);
  if (current.approvalTab !== null) await closeTab(current.approvalTab);
  return true;
}

async function endSignIn(state: SignInState | null): Promise<true> {
  await pending.remove();
  await browser.alarms.clear(signInAlarm);
  if (state) await signInState.write(state);
  else await signInState.remove();
  return true;
}

/** The person may have closed or left the tab meanwhile; then there is nothing to close or to show. */
async function closeTab(id: number): Promise<void> {
  await browser.tabs.remove(id).catch(() => undefined);
}

async function showTab(id: number): Promise<void> {
  await browser.tabs.update(id, { active: true }).catch(() => undefined);
}

function parseState(value: unknown): SignInState | null {
  if (!isObject(value)) return null;
  if (value.state === "waiting") return { state: "waiting", userCode: asText(value.userCode) };
  const reason = (["unreachable", "denied", "expired"] as const).find((known) => known === value.reason);
  return value.state === "failed" && reason ? { state: "failed", reason } : null;
}

function parsePending(value: unknown): Pending | null {
  if (!isObject(value)) return null;
  const [server, code, page] = [asText(value.server), asText(value.code), asText(value.page)];
  const userCode = asText(value.userCode);
  const { interval, expiresAt, approvalTab, returnTab } = value;
  if (server === null || code === null || userCode === null || page === null) return null;
  if (typeof interval !== "number" || typeof expiresAt !== "number") return null;
  return {
    server,
    code,
    userCode,
    page,
    interval,
    expiresAt,
    approvalTab: tabId(approvalTab),
    returnTab: tabId(returnTab),
  };
}

function tabId(value: unknown): number | null {
  return typeof value === "number" ? value : null;
}
