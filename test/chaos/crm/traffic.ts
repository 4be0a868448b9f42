import { until } from "@aparte/launch/until.ts";
import { randomUUID } from "node:crypto";
import type { Client } from "../../support/sign-in.ts";
import type { CrmFirm } from "./firm.ts";
import type { Person } from "./people.ts";

/** One message of somebody's session, in the order in which it must stand in the CRM. */
export type Line = { readonly person: Person; readonly place: number };

/** The text of a line: it names its person and its place, and no two are alike. */
export function textOf({ person, place }: Line): string {
  return `line ${place} of ${person.waId}.`;
}

/** How long before now a session began, in seconds: its lines stand a second apart, all in the past. */
const beganSeconds = 3_600;

/** Lines of all people in turn: each session grows little by little, as chats do. */
export function linesFor(people: readonly Person[], messages: number): Line[] {
  return Array.from({ length: messages }, (_, index) => {
    const person = people[index % people.length];
    if (!person) throw new Error("Nobody can write.");
    return { person, place: Math.floor(index / people.length) };
  });
}

/** A person writes. Meta's clock decides the order, so each line has the next second. */
export async function write(firm: CrmFirm, line: Line, began: number): Promise<void> {
  const { waId } = line.person;
  await firm.world.inbound({
    from: waId,
    profile_name: `Person ${waId}`,
    type: "text",
    text: { body: textOf(line) },
    timestamp: began + line.place,
  });
}

export function begin(): number {
  return Math.floor(Date.now() / 1000) - beganSeconds;
}

/** A rep answers as soon as the person's first line has been heard. Answers our id of the message. */
export async function answer(rep: Client, channelId: string, { contactId }: Person): Promise<string> {
  const id = randomUUID();
  const content = { kind: "text" as const, text: `An answer: ${id}` };
  const input = { id, contactId, channelId, content, replyTo: null };
  await until("the window is open", async () => (await rep.messaging.sendMessage.mutate(input)).ok);
  return id;
}
