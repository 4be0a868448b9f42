import { refuseObject, refuseParameter } from "../graph/refusal.ts";
import type { Refusal } from "../graph/refusal.ts";
import type { Call } from "../graph/route.ts";
import { personByUserId } from "../people/directory.ts";
import type { Sim } from "../sim.ts";
import type { BusinessNumber } from "../state.ts";

/** `DELETE /{PNID}/contact_book?bsuid=`: the platform forgets which phone number belongs to a business-scoped user id. */
export function forgetContact(sim: Sim, { params }: Call, number: BusinessNumber): Refusal | object {
  const { bsuid, messaging_product } = params;
  if (messaging_product !== "whatsapp") return refuseParameter("The parameter messaging_product is required.");
  if (typeof bsuid !== "string") return refuseParameter("The parameter bsuid is required.");
  const account = sim.state.accounts.get(number.accountId);
  const person = account && personByUserId(sim.state, account, bsuid);
  if (account === undefined || person === undefined) return refuseObject(bsuid, "DELETE");
  sim.state.portfolios.get(account.businessId)?.contactBook.delete(person.waId);
  return { success: true };
}
