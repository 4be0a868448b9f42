import type { Account, BusinessNumber, State } from "../state.ts";
import { parentUserIdOf, userIdOf } from "./directory.ts";
import type { Person } from "./person.ts";

/** Who talks to whom, and the state that they live in. */
export type Parties = { state: State; account: Account; number: BusinessNumber; person: Person };

/** What begins the value of every webhook about a phone number's traffic. */
export function trafficBase({ number }: { number: BusinessNumber }): Record<string, unknown> {
  return {
    messaging_product: "whatsapp",
    metadata: { display_phone_number: number.digits, phone_number_id: number.id },
  };
}

/** The person as `contacts[]` shows them: which of the phone number and the username is there depends on the webhook. */
export function contactOf(parties: Parties, shown: { phone: boolean; username: boolean }): Record<string, unknown> {
  const { person, number } = parties;
  const username = shown.username && person.username !== undefined ? { username: person.username } : {};
  const withKey = number.identityCheck && person.identityHash !== undefined;
  return {
    profile: { name: person.name, ...username },
    ...(shown.phone ? { wa_id: person.waId } : {}),
    ...userIds(parties, ""),
    ...(withKey ? { identity_key_hash: person.identityHash } : {}),
  };
}

/** The person's ids under `{prefix}user_id` and, in a managed group, `{prefix}parent_user_id`. */
export function userIds(parties: Parties, prefix: string): Record<string, string> {
  const { state, account, person } = parties;
  const parent = parentUserIdOf(state, account, person);
  return {
    [`${prefix}user_id`]: userIdOf(account, person),
    ...(parent === undefined ? {} : { [`${prefix}parent_user_id`]: parent }),
  };
}
