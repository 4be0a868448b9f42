import { refuseCloud } from "../graph/refusal.ts";
import type { Refusal } from "../graph/refusal.ts";
import type { Call } from "../graph/route.ts";
import type { Sim } from "../sim.ts";
import type { BusinessNumber } from "../state.ts";

/** `DELETE /{PNID}`: takes a number from its account; one that is connected has to be deregistered first. */
export function removeNumber(sim: Sim, _call: Call, number: BusinessNumber): Refusal | object {
  if (number.registered) return refuseCloud(100, "A phone number that is connected cannot be deleted.");
  const account = sim.state.accounts.get(number.accountId);
  if (account !== undefined) account.numbers = account.numbers.filter(({ id }) => id !== number.id);
  sim.state.numbers.delete(number.id);
  sim.ledger.record("number_removed", { waba_id: number.accountId, phone_number_id: number.id });
  return { success: true };
}
