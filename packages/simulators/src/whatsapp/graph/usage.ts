import type { State } from "../state.ts";
import { refuseCloud } from "./refusal.ts";
import type { Refusal } from "./refusal.ts";

const HOUR_MS = 3_600_000;
/** Management calls per hour, app and account: many once one of its numbers is registered. */
const CALLS_PER_HOUR = { active: 5000, idle: 200 } as const;

type Usage = { since: number; calls: number };

/** Counts one management call; 80007 when the hour's calls are used up. */
export function countCall(state: State, appId: string, accountId: string, now: number): Refusal | undefined {
  const usage = usageOf(state, appId, accountId, now);
  usage.calls += 1;
  return usage.calls > allowed(state, accountId)
    ? refuseCloud(80007, "Too many calls have been made to this WhatsApp Business account")
    : undefined;
}

/** `x-business-use-case-usage`: how much of the hour's calls is used, in per cent. */
export function usageHeader(state: State, appId: string, accountId: string, now: number): string {
  const { since, calls } = usageOf(state, appId, accountId, now);
  const most = allowed(state, accountId);
  const percent = Math.min(100, Math.ceil((calls * 100) / most));
  const minutesLeft = calls > most ? Math.ceil((since + HOUR_MS - now) / 60_000) : 0;
  return JSON.stringify({
    [accountId]: [
      {
        type: "whatsapp",
        call_count: percent,
        total_cputime: 1,
        total_time: 1,
        estimated_time_to_regain_access: minutesLeft,
      },
    ],
  });
}

function allowed({ accounts }: State, accountId: string): number {
  const isActive = accounts.get(accountId)?.numbers.some(({ registered }) => registered) === true;
  return isActive ? CALLS_PER_HOUR.active : CALLS_PER_HOUR.idle;
}

function usageOf(state: State, appId: string, accountId: string, now: number): Usage {
  const key = `${appId}:${accountId}`;
  const known = state.usage.get(key);
  if (known !== undefined && now - known.since < HOUR_MS) return known;
  const usage = { since: now, calls: 0 };
  state.usage.set(key, usage);
  return usage;
}
