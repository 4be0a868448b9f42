import type { Bubble } from "../phone/bubble.ts";
import { bubbleOf } from "../phone/bubble.ts";
import type { BubbleButton } from "../phone/content.ts";
import type { Message } from "../messages/message.ts";
import type { Sim } from "../sim.ts";
import type { Account, BusinessNumber } from "../state.ts";
import { personOf } from "./directory.ts";
import type { Deed, Habit } from "./habit.ts";
import { completeInbound } from "./inbound-media.ts";
import { receiveFromPerson } from "./inbound.ts";
import type { InboundMessage } from "./entry-point.ts";
import type { Person } from "./person.ts";
import { setBlocks, setOptOut } from "./preferences.ts";

type Chat = { account: Account; number: BusinessNumber; person: Person };

/** A message has come to a person: whatever they are wont to do about such a one happens after its time. */
export function followHabits(sim: Sim, message: Message): void {
  const person = personOf(sim.state, message.waId);
  for (const habit of person.habits) {
    if (!isMeant(habit, message) || habit.times === 0) continue;
    if (habit.times !== undefined) habit.times -= 1;
    sim.clock.after(habit.after_ms, () => act(sim, message, habit.does));
  }
}

function isMeant({ on }: Habit, { type, outbound }: Message): boolean {
  if (on === "any") return true;
  return on === "marketing" ? outbound?.category === "MARKETING" : on === type;
}

/** Does one thing about a message that came; nothing where the message offers nothing of the kind. */
async function act(sim: Sim, message: Message, deed: Deed): Promise<void> {
  const chat = chatOf(sim, message);
  if (chat === undefined) return;
  const { person, number } = chat;
  if (deed.kind === "block") return setBlocks(sim, person, [...person.blockedNumbers, number.id]);
  if (deed.kind === "opt_out" && deed.by === "switch") return setOptOut(sim, person, true, number.id);
  const answer = answerOf(sim, message, deed);
  if (answer === undefined || person.blocked || person.blockedNumbers.has(number.id)) return;
  const completed = await completeInbound(sim, number, answer);
  if (typeof completed === "string") throw new Error(`a habit cannot be followed: ${completed}`);
  receiveFromPerson(sim, chat, completed);
}

function answerOf(sim: Sim, message: Message, deed: Exclude<Deed, { kind: "block" }>): InboundMessage | undefined {
  const context = { id: message.wamid };
  switch (deed.kind) {
    case "say":
      return { type: "text", text: { body: deed.text }, ...(deed.quotes ? { context } : {}) };
    case "send":
      return deed.message;
    case "react":
      return { type: "reaction", reaction: { message_id: message.wamid, emoji: deed.emoji } };
    case "opt_out":
      return { type: "text", text: { body: "STOP" } };
    case "tap":
      return tapped(bubbleOf(sim, message, []), deed.nth - 1, deed.answers);
  }
}

/** What the nth thing to tap sends: buttons first, then the rows of lists, then the buttons of cards. */
function tapped(
  bubble: Bubble | undefined,
  index: number,
  answers: Record<string, unknown>,
): InboundMessage | undefined {
  const all = bubble === undefined ? [] : [...bubble.buttons, ...(bubble.cards ?? []).flatMap((card) => card.buttons)];
  const message = all.flatMap(messagesOf)[index];
  const interactive = message?.interactive;
  if (message === undefined || typeof interactive !== "object" || interactive === null) return message;
  if (!("nfm_reply" in interactive)) return message;
  const reply = interactive.nfm_reply as { response_json: string };
  const given: unknown = JSON.parse(reply.response_json);
  const response_json = JSON.stringify({ ...(given as object), ...answers });
  return { ...message, interactive: { ...interactive, nfm_reply: { ...reply, response_json } } };
}

function messagesOf({ message, rows }: BubbleButton): InboundMessage[] {
  return rows === undefined ? (message === undefined ? [] : [message]) : rows.map((row) => row.message);
}

function chatOf(sim: Sim, message: Message): Chat | undefined {
  const number = sim.state.numbers.get(message.phoneNumberId);
  const account = number && sim.state.accounts.get(number.accountId);
  return number && account && { account, number, person: personOf(sim.state, message.waId) };
}
