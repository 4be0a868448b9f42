import { randomUUID } from "node:crypto";
import { call } from "../../support/call.ts";
import { editHubSpot } from "../../support/hubspot.ts";
import { change, delivery, metaOf, unixNow, wireMessage } from "../../support/meta-webhook.ts";
import { lastingToken } from "../../support/sign-in.ts";
import { password, people, type World } from "../../support/world.ts";
import type { Person } from "./people.ts";
import type { Recorder } from "./recorded.ts";

/** The ways in which somebody opts out: with a person at work, by a word, by WhatsApp's own switch, by a field of the CRM. */
export const doorNames = ["panel", "stop", "preference", "crm"] as const;
export type DoorName = (typeof doorNames)[number];

export type Doors = {
  /** Opts the person out; answers when that was acknowledged, on the clock of this process. */
  readonly optOut: Readonly<Record<DoorName, (person: Person) => Promise<number>>>;
  close(): void;
};

/** How somebody at the CRM opts a person out. */
const inCrm = { wa_consent_status: "opted_out" };

export function openDoors(world: World, recorder: Recorder): Doors {
  const meta = metaOf(world, 16);
  const { waba_id: waba, phone_number_id: phone } = world.whatsapp.identity;
  const token = lastingToken(world.origin, { email: people.rep, password });
  /** Acknowledged is a webhook when what it says is written down, not when it was taken in. */
  const told = async (door: DoorName, { contactId }: Person, changes: readonly unknown[]): Promise<number> => {
    const recorded = recorder.recorded(contactId, door);
    const status = await meta.deliver(delivery(waba, changes));
    if (status !== 200) throw new Error(`A webhook was answered with ${status}.`);
    return recorded;
  };
  return {
    optOut: {
      async panel({ contactId }) {
        const input = {
          contactId,
          purposes: ["marketing"],
          action: "withdrawn",
          method: "phone_call",
          wording: "Please stop.",
          occurredAt: new Date().toISOString(),
        };
        const procedure = { path: "consent.record", type: "mutation" } as const;
        const { code, data } = await call(world.origin, procedure, input, { token: await token() });
        const at = performance.now();
        if (code !== "OK" || !(data as { ok: boolean }).ok) throw new Error(`An opt-out was not recorded: ${code}`);
        return at;
      },
      stop: (person) => {
        const stop = wireMessage(person.waId, randomUUID(), { type: "text", text: { body: "STOP" } });
        return told("stop", person, [change(phone, { messages: [stop] })]);
      },
      preference: (person) => {
        const metadata = { display_phone_number: "33199004210", phone_number_id: phone };
        const stop = { wa_id: person.waId, category: "marketing_messages", value: "stop", timestamp: unixNow() };
        const value = { messaging_product: "whatsapp", metadata, user_preferences: [stop] };
        return told("preference", person, [{ field: "user_preferences", value }]);
      },
      async crm({ contactId, recordId }) {
        const recorded = recorder.recorded(contactId, "crm");
        await editHubSpot(world, { action: "update", type: "contacts", id: recordId, properties: inCrm });
        return recorded;
      },
    },
    close: () => meta.close(),
  };
}
