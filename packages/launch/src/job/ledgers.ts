import type { DemoSimulators } from "../demo/simulators.ts";
import type { JobPerson } from "./person.ts";
import { until } from "../until.ts";

type Entry = { readonly kind?: string; readonly to?: string; readonly body?: { readonly type?: string } };
type Communication = { readonly id: string; readonly properties: Readonly<Record<string, string>> };

/** Types of the messages that the WhatsApp simulator accepted for this person, in order. */
export async function messagesTo({ whatsapp }: DemoSimulators, person: JobPerson): Promise<string[]> {
  const ledger = (await (await fetch(`${whatsapp.url}/_sim/ledger`)).json()) as readonly Entry[];
  return ledger
    .filter((entry) => entry.kind === "message" && entry.to?.replaceAll(/\D/g, "") === person.waId)
    .map((entry) => entry.body?.type ?? "");
}

/** The communications on the person's record, as they stand now. */
export async function communicationsOf({ hubspot }: DemoSimulators, person: JobPerson): Promise<Communication[]> {
  const answer = await fetch(`${hubspot.url}/_sim/objects/contacts/${person.recordId}?with=communications`);
  const record = (await answer.json()) as { associated: { communications: Communication[] } };
  return record.associated.communications;
}

/** Waits until the record's one communication holds all these texts, in order. */
export function waitForLog(
  simulators: DemoSimulators,
  person: JobPerson,
  texts: readonly string[],
): Promise<Communication> {
  return until("HubSpot holds one communication with the whole conversation", async () => {
    const [only, ...others] = await communicationsOf(simulators, person);
    if (others.length > 0) throw new Error("HubSpot holds more than one communication for one session.");
    return only && holdsInOrder(only.properties["hs_communication_body"] ?? "", texts) && only;
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
