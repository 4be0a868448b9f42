import type { Sim } from "../sim.ts";
import type { Account, BusinessNumber } from "../state.ts";
import { parentUserIdOf, personOf, sharesPhone, userIdOf } from "./directory.ts";
import { receiveFromPerson } from "./inbound.ts";
import type { Person } from "./person.ts";

/** A business number that a person has a chat with, and the ids by which it knew them. */
type Chat = { account: Account; number: BusinessNumber; knownAs: { userId: string; parentId: string | undefined } };

/**
 * A person moves to another phone number: the chats go along, all ids are made anew, and every business they have a
 * chat with hears of it (`user_changed_number`). The old number is nobody's on WhatsApp any more.
 */
export function changeNumber(sim: Sim, person: Person, waId: string): void {
  const { state } = sim;
  const { waId: before } = person;
  const chats = chatsOf(sim, person);
  person.waId = waId;
  state.people.set(waId, person);
  state.people.delete(before);
  personOf(state, before).notOnWhatsApp = true;
  for (const message of state.messages.values()) if (message.waId === before) message.waId = waId;
  for (const { number } of chats) {
    const pair = state.pairs.get(`${number.id}:${before}`);
    state.pairs.delete(`${number.id}:${before}`);
    if (pair !== undefined) state.pairs.set(`${number.id}:${waId}`, pair);
  }
  const body = `${person.name} changed from ${before} to ${waId}`;
  for (const chat of chats) tell(sim, chat, person, { type: "user_changed_number", body, before });
}

/** A person's ids are made anew while the number stays, as after a new registration (`user_changed_user_id`). */
export function changeUserId(sim: Sim, person: Person): void {
  const chats = chatsOf(sim, person);
  person.idChanges += 1;
  for (const chat of chats)
    tell(sim, chat, person, { type: "user_changed_user_id", body: `${person.name} changed user ID` });
}

function tell(
  sim: Sim,
  { account, number, knownAs }: Chat,
  person: Person,
  { before, ...system }: { type: string; body: string; before?: string },
): void {
  const { state } = sim;
  const parentId = parentUserIdOf(state, account, person);
  const showsNumber = system.type === "user_changed_number" && sharesPhone(state, number, person, sim.clock.now());
  receiveFromPerson(
    sim,
    { account, number, person },
    {
      type: "system",
      // Meta: the message comes from the number that was left.
      ...(showsNumber ? { from: before } : {}),
      system: {
        ...system,
        ...(showsNumber ? { wa_id: person.waId } : {}),
        user_id: userIdOf(account, person),
        previous_user_id: knownAs.userId,
        ...(parentId === undefined ? {} : { parent_user_id: parentId, previous_parent_user_id: knownAs.parentId }),
      },
    },
  );
}

function chatsOf({ state }: Sim, person: Person): Chat[] {
  return [...state.accounts.values()].flatMap((account) =>
    account.numbers
      .filter((number) => state.pairs.has(`${number.id}:${person.waId}`))
      .map((number) => ({
        account,
        number,
        knownAs: { userId: userIdOf(account, person), parentId: parentUserIdOf(state, account, person) },
      })),
  );
}
