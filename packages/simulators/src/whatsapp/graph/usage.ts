import type { State } from "../state.ts";
import { refuseCloud } from "./refusal.ts";
import type { Refusal } from "./refusal.ts";

const HOUR_MS = 3_600_000;
/** Management calls per hour, app and account with a registered number. */
const CALLS_PER_HOUR = 5000;

type Usage = { since: number; calls: number };

/** Counts one management call; 80007 when the hour's calls are used up. */
export function countCall(state: State, appId: string, accountId: string, now: number): Refusal | undefined {
  const usage = usageOf(state, appId, accountId, now);
  usage.calls += 1;
  return usage.calls > CALLS_PER_HOUR
    ? refuseCloud(80007, "Too many calls have been made to this WhatsApp Business account")
    : undefined;
}

/** `x-business-use-case-usage`: how much of the hour's calls is used, in per cent. */
export function usageHeader(state: State, appId: string, accountId: string, now: number): string {
  const { since, calls } = usageOf(state, appId, accountId, now);
  const percent = Math.min(100, Math.ceil((calls * 100) / CALLS_PER_HOUR));
  const minutesLeft = calls > CALLS_PER_HOUR ? Math.ceil((since + HOUR_MS - now) / 60_000) : 0;
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

function usageOf(state: State, appId: string, accountId: string, now: number): Usage {
  const key = `${appId}:${accountId}`;
  const known = state.usage.get(key);
  if (known !== undefined && now - known.since < HOUR_MS) return known;
  const usage = { since: now, calls: 0 };
  state.usage.set(key, usage);
  return usage;
}
