import { newWamid } from "../identifiers.ts";
import type { Message } from "../messages/message.ts";
import { personOf } from "../people/directory.ts";
import { trafficBase } from "../people/person-values.ts";
import type { Sim } from "../sim.ts";
import type { BusinessNumber } from "../state.ts";
import { announce } from "../webhooks/announce.ts";

const DAY_MS = 24 * 3_600_000;
/** The phases of a sync by the age of what they carry: the first day, up to 90 days, up to 180 days. */
const PHASES = [
  { fromDays: 0, toDays: 1 },
  { fromDays: 1, toDays: 90 },
  { fromDays: 90, toDays: 180 },
];
/** What the business app says when its owner keeps the history to themselves. */
const DECLINED = {
  code: 2_593_109,
  title: "History sync is turned off by the business from the WhatsApp Business App",
  message: "History sync is turned off by the business from the WhatsApp Business App",
  error_data: { details: "History sharing is turned off by the business" },
};

/** The owner of a phone app declines to share its history (`history` with an error). */
export async function declineHistory(sim: Sim, number: BusinessNumber): Promise<void> {
  await tell(sim, number, [{ errors: [DECLINED] }]);
}

/**
 * The history of a phone app is shared: every message of the number up to 180 days back, in three phases, each in
 * chunks of at most `chunkSize` messages. Resolves with the number of webhooks.
 */
export async function shareHistory(sim: Sim, number: BusinessNumber, chunkSize: number): Promise<number> {
  let sent = 0;
  for (const [phase, { fromDays, toDays }] of PHASES.entries()) {
    const messages = messagesBetween(sim, number, fromDays, toDays);
    const chunks = Math.max(1, Math.ceil(messages.length / chunkSize));
    for (let chunk = 1; chunk <= chunks; chunk += 1) {
      const part = messages.slice((chunk - 1) * chunkSize, chunk * chunkSize);
      const progress = Math.round((100 * (phase + chunk / chunks)) / PHASES.length);
      await tell(sim, number, [
        { metadata: { phase, chunk_order: chunk, progress }, threads: threadsOf(number, part) },
      ]);
      sent += 1;
    }
  }
  return sent;
}

/** Writes a history as the phone app would hold it: texts of both sides over 180 days, told by no webhook. */
export function inventHistory(sim: Sim, number: BusinessNumber, size: { people: number; messages: number }): void {
  const now = sim.clock.now();
  for (let index = 0; index < size.messages; index += 1) {
    const { waId } = personOf(sim.state, String(33_639_980_000 + (index % size.people)));
    const direction = Math.floor(index / size.people) % 2 === 0 ? "inbound" : "outbound";
    const message: Message = {
      wamid: newWamid(waId, direction),
      direction,
      phoneNumberId: number.id,
      waId,
      at: now - Math.round((179 * DAY_MS * (size.messages - index)) / size.messages),
      type: "text",
      body: { type: "text", text: { body: `Message ${index + 1}` } },
      status: "read",
    };
    sim.state.messages.set(message.wamid, message);
  }
}

function messagesBetween(sim: Sim, number: BusinessNumber, fromDays: number, toDays: number): Message[] {
  const now = sim.clock.now();
  return [...sim.state.messages.values()]
    .filter(({ phoneNumberId, at }) => {
      const age = (now - at) / DAY_MS;
      return phoneNumberId === number.id && age >= fromDays && age < toDays;
    })
    .sort((a, b) => b.at - a.at);
}

function threadsOf(number: BusinessNumber, messages: Message[]): Record<string, unknown>[] {
  return [...Map.groupBy(messages, ({ waId }) => waId)].map(([waId, thread]) => ({
    id: waId,
    messages: thread.map(({ direction, wamid, at, body, status }) => ({
      ...(direction === "inbound" ? { from: waId } : { from: number.digits, to: waId }),
      id: wamid,
      timestamp: String(Math.floor(at / 1000)),
      ...body,
      history_context: { status: status.toUpperCase() },
    })),
  }));
}

async function tell(sim: Sim, number: BusinessNumber, history: Record<string, unknown>[]): Promise<void> {
  await announce(sim, number.accountId, "history", { ...trafficBase({ number }), history });
}
