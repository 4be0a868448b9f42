import type { Tx } from "../platform/db.ts";
import type { EventRow } from "../platform/events.ts";
import { askAboutStrangers } from "./lookup-queue.ts";
import { queueMirrors, type MirrorNews } from "./mirror-queue.ts";

const mirrored: Partial<Record<EventRow["name"], MirrorNews["what"]>> = {
  "consent.changed": "consent",
  "contact.merged": "consent",
  "crm.record_linked": "consent",
  "message.received": "contact",
  "message.queued": "contact",
  "message.echoed": "contact",
};

/** What news mean for the way in: who is to be looked for in the CRMs, and copied to their fields. */
export async function readNews(tx: Tx, events: readonly EventRow[]): Promise<void> {
  const people = (names: readonly EventRow["name"][]) =>
    events.flatMap(({ name, workspaceId, payload }) =>
      names.includes(name) && "contactId" in payload && payload.contactId !== null
        ? [{ workspaceId, contactId: payload.contactId }]
        : [],
    );
  await askAboutStrangers(tx, people(["message.received"]));
  await queueMirrors(
    tx,
    events.flatMap(({ name, workspaceId, payload }) => {
      const what = mirrored[name];
      return what && "contactId" in payload && payload.contactId !== null
        ? [{ workspaceId, contactId: payload.contactId, what }]
        : [];
    }),
  );
}
