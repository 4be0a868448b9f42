import type { Account } from "../state.ts";

const OF_ALL = "RESTRICTED_CUSTOMER_INITIATED_MESSAGING";
const OF_STARTING = "RESTRICTED_BIZ_INITIATED_MESSAGING";

/** Whether an account may send now; outside the service window it would begin the conversation. */
export function isRestricted({ restrictions }: Account, windowOpen: boolean, now: number): boolean {
  return restrictions.some(
    ({ type, until }) => until > now && (type === OF_ALL || (type === OF_STARTING && !windowOpen)),
  );
}
