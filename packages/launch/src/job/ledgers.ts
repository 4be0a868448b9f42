import type { WhatsAppSimulator } from "@aparte/simulators/whatsapp/simulator.ts";
import type { JobRecord } from "./person.ts";
import { until } from "../until.ts";

type Entry = { readonly kind?: string; readonly to?: string; readonly body?: { readonly type?: string } };

/** Types of the messages that the WhatsApp simulator accepted for this person, in order. */
export async function messagesTo(
  { url }: Pick<WhatsAppSimulator, "url">,
  { waId }: Pick<JobRecord, "waId">,
): Promise<string[]> {
  const ledger = (await (await fetch(`${url}/_sim/ledger`)).json()) as readonly Entry[];
  return ledger
    .filter((entry) => entry.kind === "message" && entry.to?.replaceAll(/\D/g, "") === waId)
    .map((entry) => entry.body?.type ?? "");
}

/**
 * Waits until one entry on the record holds all these texts, in order. A second one that holds the first of them is a
 * failure: a session is one entry. Entries about consent stand beside it.
 */
export function waitForLog(record: JobRecord, texts: readonly string[]): Promise<true> {
  return until("the CRM holds one entry with the whole conversation", async () => {
    const sessions = (await record.entries()).filter((entry) => entry.includes(texts[0] ?? ""));
    if (sessions.length > 1) throw new Error("The CRM holds more than one entry for one session.");
    return sessions.some((entry) => holdsInOrder(entry, texts));
  });
}

function holdsInOrder(body: string, texts: readonly string[]): boolean {
  let from = 0;
  return texts.every((text) => {
    const at = body.indexOf(text, from);
    from = at + text.length;
    return at >= 0;
  });
}
