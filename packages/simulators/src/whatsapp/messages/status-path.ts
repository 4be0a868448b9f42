import { newObjectId } from "../identifiers.ts";
import { limitFailure } from "../limits/check.ts";
import { personOf } from "../people/directory.ts";
import { followHabits } from "../people/habits.ts";
import type { Behaviour, Person } from "../people/person.ts";
import type { Sim } from "../sim.ts";
import { fateOf } from "./fate.ts";
import type { Failure } from "../error-catalogue.ts";
import type { Message, MessageFiles, MessageStatus, OutboundFacts } from "./message.ts";
import { statusValue } from "./payload.ts";
import { chargeDelivered } from "./pricing.ts";

const RANK: Record<MessageStatus, number> = { accepted: 0, sent: 1, delivered: 2, read: 3, played: 4, failed: 5 };

/** An accepted outbound message with all that it concerns. */
type Sent = { message: Message; outbound: OutboundFacts; person: Person };

/** One that is on its way, with the files that it shows as they are brought together. */
export type Journey = Sent & { files: Promise<MessageFiles | Failure> };

/** Lets an accepted message go its way: sent, delivered and read as its recipient behaves, or failed. */
export function startJourney(sim: Sim, journey: Journey): void {
  const step = (delay: keyof Pick<Behaviour, "sent_ms" | "delivered_ms" | "read_ms">, next: () => Promise<void>) =>
    void sim.clock.after(behaviourOf(sim, journey.person)[delay], next);

  const begin = (): void =>
    step("sent_ms", async () => {
      const files = await journey.files;
      const failure = failureOf(sim, journey) ?? ("code" in files ? files : undefined);
      if (failure !== undefined) return moveTo(sim, journey, "failed", failure);
      if (!("code" in files)) journey.message.files = files;
      const isBlocked = journey.person.blockedNumbers.has(journey.message.phoneNumberId);
      if (journey.message.type !== "reaction" && !isBlocked) step("delivered_ms", () => deliver());
      return moveTo(sim, journey, "sent");
    });
  const deliver = async () => {
    const { reads, skip_delivered } = behaviourOf(sim, journey.person);
    step("read_ms", () => readIfWanted());
    if (!reads || !skip_delivered) await moveTo(sim, journey, "delivered");
  };
  const readIfWanted = async () => {
    const { reads, plays } = behaviourOf(sim, journey.person);
    if (!reads) return;
    await moveTo(sim, journey, "read");
    if (plays && isVoice(journey.message)) step("read_ms", () => moveTo(sim, journey, "played"));
  };
  const held = sim.state.pacing.get(journey.outbound.template?.id ?? "");
  if (held === undefined) return begin();
  void held.verdict.then((verdict) => (verdict === "release" ? begin() : moveTo(sim, journey, "failed", dropped)));
}

const dropped: Failure = {
  code: 132015,
  details: "Message was held for quality assessment and dropped, since the template was received badly.",
};

/** The person looks at the chat: everything delivered there is read, if they let that be seen. */
export async function readChat(sim: Sim, phoneNumberId: string, waId: string): Promise<void> {
  const person = personOf(sim.state, waId);
  if (!behaviourOf(sim, person).reads) return;
  for (const message of sim.state.messages.values()) {
    const { outbound } = message;
    const isOfThisChat = message.waId === waId && message.phoneNumberId === phoneNumberId;
    if (!isOfThisChat || outbound === undefined || message.status !== "delivered") continue;
    await moveTo(sim, { message, outbound, person }, "read");
  }
}

/** The person listens to a voice message for the first time, if they let that be seen. */
export async function playVoice(sim: Sim, message: Message): Promise<void> {
  const person = personOf(sim.state, message.waId);
  const { outbound } = message;
  if (outbound === undefined || !isVoice(message) || !behaviourOf(sim, person).reads) return;
  await moveTo(sim, { message, outbound, person }, "played");
}

function isVoice({ type, body }: Message): boolean {
  const { audio } = body;
  return type === "audio" && typeof audio === "object" && audio !== null && "voice" in audio && audio.voice === true;
}

/** How a person behaves: what was set for them, else what was set for everyone. */
export function behaviourOf(sim: Sim, person: Person): Behaviour {
  return { ...sim.behaviour, ...person.behaviour };
}

function failureOf(sim: Sim, { message, outbound, person }: Sent): Failure | undefined {
  const { state } = sim;
  const parties = partiesOf(sim, message);
  if (parties === undefined) return undefined;
  const fate = fateOf({ ...parties, person, message, outbound, state, now: sim.clock.now() });
  return fate ?? limitFailure(sim, { ...parties, person }, outbound);
}

/** Sets a status and tells everyone; a status below the one reached is not gone back to. */
async function moveTo(
  sim: Sim,
  { message, outbound, person }: Sent,
  status: Exclude<MessageStatus, "accepted">,
  failure?: Failure,
): Promise<void> {
  const parties = partiesOf(sim, message);
  if (RANK[status] <= RANK[message.status] || parties === undefined) return;
  const isFirstArrival = RANK[message.status] < RANK.delivered && (status === "delivered" || status === "read");
  const pricing = isFirstArrival ? chargeDelivered(parties.number, outbound, sim.clock.now()) : undefined;
  message.status = status;
  outbound.entry.status = status;
  outbound.steps.push({ id: newObjectId(), status, at: sim.clock.now() });
  if (failure !== undefined) {
    message.failure = failure;
    outbound.entry.failure = failure;
  }
  sim.phones.message(message);
  if (isFirstArrival) followHabits(sim, message);
  const timestamp = sim.clock.seconds();
  const value = statusValue(
    { ...parties, state: sim.state, person },
    { wamid: message.wamid, status, timestamp, outbound, pricing, failure },
  );
  await sim.webhooks.publish({ accountId: parties.account.id, field: "messages", value, time: timestamp });
}

/** The account and number of a message; undefined once a reset has done away with them. */
function partiesOf(sim: Sim, message: Message) {
  const number = sim.state.numbers.get(message.phoneNumberId);
  const account = number && sim.state.accounts.get(number.accountId);
  return number && account && sim.state.messages.has(message.wamid) ? { number, account } : undefined;
}
