import { complain } from "../limits/quality.ts";
import type { Sim } from "../sim.ts";
import { preferenceValue } from "./inbound-value.ts";
import type { Person } from "./person.ts";

/**
 * A person stops marketing messages by WhatsApp's own switch, or takes them again, from the business of one number or
 * from all: each is told by webhook (`user_preferences`).
 */
export function setOptOut(sim: Sim, person: Person, optedOut: boolean, phoneNumberId: string | undefined): void {
  for (const account of sim.state.accounts.values()) {
    const number = account.numbers.find(({ id }) => phoneNumberId === undefined || id === phoneNumberId);
    if (number === undefined || person.optedOutOf.has(account.businessId) === optedOut) continue;
    if (optedOut) person.optedOutOf.add(account.businessId);
    else person.optedOutOf.delete(account.businessId);
    const time = sim.clock.seconds();
    const value = preferenceValue({ state: sim.state, account, number, person }, optedOut ? "stop" : "resume", time);
    void sim.webhooks.publish({ accountId: account.id, field: "user_preferences", value, time });
  }
}

/** A person blocks these business numbers and no others; each one newly blocked lowers that number's quality. */
export async function setBlocks(sim: Sim, person: Person, phoneNumberIds: string[]): Promise<void> {
  const before = person.blockedNumbers;
  person.blockedNumbers = new Set(phoneNumberIds);
  for (const id of person.blockedNumbers) {
    const number = sim.state.numbers.get(id);
    if (number !== undefined && !before.has(id)) await complain(sim, number);
  }
}
