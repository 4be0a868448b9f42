import type { EventName } from "@aparte/core/events.ts";
import type { Consumer } from "../platform/consumer.ts";
import { askAboutStrangers } from "./lookup-queue.ts";
import { queueMirrors, type MirrorNews } from "./mirror-queue.ts";

/** What is copied to the fields of a person's records after which news. */
const mirrored = {
  "consent.changed": "consent",
  "contact.merged": "consent",
  "crm.record_linked": "consent",
  "message.received": "contact",
  "message.queued": "contact",
  "message.echoed": "contact",
} as const satisfies Partial<Record<EventName, MirrorNews["what"]>>;

type Mirrored = keyof typeof mirrored;

/** What news mean for the way in: who is to be looked for in the CRMs, and copied to their fields. */
export const inboundNews: Consumer<Mirrored> = {
  name: "crm.in",
  about: Object.keys(mirrored) as Mirrored[],
  async work(tx, events) {
    const people = events.map(({ name, workspaceId, payload }) => ({
      name,
      workspaceId,
      contactId: payload.contactId,
    }));
    await askAboutStrangers(
      tx,
      people.filter(({ name }) => name === "message.received"),
    );
    await queueMirrors(
      tx,
      people.map(({ name, ...person }) => ({ ...person, what: mirrored[name] })),
    );
  },
};
