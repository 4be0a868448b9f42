import type { CrmRecordRef } from "@aparte/core/crm-record.ts";
import { z } from "zod";
import type { CrmApp } from "../adapter.ts";
import type { IncomingWebhook, RecordChange } from "../record.ts";
import { eventsIn } from "../webhook-events.ts";
import { objects, type HubspotType } from "./objects.ts";
import { isGenuine } from "./signature.ts";

const id = z.union([z.number().int(), z.string().regex(/^\d+$/u)]).transform(String);

/**
 * One event, in either format: classic (`contact.propertyChange`) or generic (`object.propertyChange` with an
 * `objectTypeId`). HubSpot's reference, "Webhooks".
 */
const eventSchema = z.object({
  portalId: id,
  appId: id.optional(),
  /** Milliseconds; the largest is the last that a date can hold. */
  occurredAt: z.number().int().min(0).max(8_640_000_000_000_000),
  subscriptionType: z.string(),
  objectId: id.optional(),
  objectTypeId: z.string().optional(),
  changeSource: z.string().optional(),
  sourceId: z.string().nullish(),
  primaryObjectId: id.optional(),
  mergedObjectIds: z.array(id).default([]),
  newObjectId: id.nullish(),
  fromObjectId: id.optional(),
  toObjectId: id.optional(),
  fromObjectTypeId: z.string().optional(),
  toObjectTypeId: z.string().optional(),
  associationType: z.string().optional(),
});
type Event = z.infer<typeof eventSchema>;

type Kind = RecordChange["kind"];

/** What each kind of event is to us, by the word behind the dot. A merge and an association concern several records. */
const kinds: Readonly<Record<string, Kind>> = {
  creation: "updated",
  propertyChange: "updated",
  restore: "restored",
  deletion: "deleted",
  privacyDeletion: "privacy_deleted",
};

/**
 * The changes that a webhook of HubSpot brings, in no promised order and perhaps not for the first time. Events of
 * types and kinds that we do not know are left out: refusing one would bring it ten times.
 */
export function readWebhook(
  app: CrmApp,
  webhook: IncomingWebhook,
): { genuine: false } | { genuine: true; changes: RecordChange[] } {
  if (!isGenuine(webhook, app.clientSecret)) return { genuine: false };
  const changes = eventsIn(webhook.body).flatMap((item) => {
    const event = eventSchema.safeParse(item);
    return event.success ? changesOf(event.data) : [];
  });
  return { genuine: true, changes };
}

function changesOf(event: Event): RecordChange[] {
  const [subject = "", verb = ""] = event.subscriptionType.split(".");
  const type = subject === "object" ? typeOfId(event.objectTypeId) : typeOfName(subject);
  if (verb === "merge") return mergeOf(event, type);
  if (verb === "associationChange") return associationOf(event, type);
  const kind = kinds[verb];
  if (kind === undefined || type === null || event.objectId === undefined) return [];
  return [changeOf(event, { kind, type, id: event.objectId })];
}

/** A merge makes a third record; before 2025 the primary one lived on. Each id that lost its record is told. */
function mergeOf(event: Event, type: HubspotType | null): RecordChange[] {
  const survivor = event.newObjectId ?? event.primaryObjectId;
  if (type === null || survivor === undefined) return [];
  const into: CrmRecordRef = { crm: "hubspot", account: event.portalId, type, id: survivor };
  const lost = new Set([...event.mergedObjectIds, event.primaryObjectId ?? survivor]);
  lost.delete(survivor);
  return [...lost].map((losing) => ({ ...changeOf(event, { kind: "merged", type, id: losing }), into }));
}

/** `CONTACT_TO_COMPANY` in the classic format: the types of the two ends. */
function associationOf(event: Event, type: HubspotType | null): RecordChange[] {
  const [from, to] = (event.associationType ?? "").toLowerCase().split("_to_");
  const ends = [
    { type: typeOfId(event.fromObjectTypeId) ?? typeOfName(from) ?? type, id: event.fromObjectId },
    { type: typeOfId(event.toObjectTypeId) ?? typeOfName(to), id: event.toObjectId },
  ];
  return ends.flatMap((end) =>
    end.type === null || end.id === undefined ? [] : [changeOf(event, { kind: "updated", type: end.type, id: end.id })],
  );
}

function changeOf(
  event: Event,
  what: { readonly kind: Kind; readonly type: HubspotType; readonly id: string },
): RecordChange {
  return {
    ref: { crm: "hubspot", account: event.portalId, type: what.type, id: what.id },
    kind: what.kind,
    into: null,
    at: new Date(event.occurredAt).toISOString(),
    isEcho: isEcho(event),
  };
}

/** HubSpot sends an app the events of its own subscriptions only, so the event's app is ours. */
function isEcho({ appId, changeSource, sourceId }: Event): boolean {
  return changeSource === "INTEGRATION" && appId !== undefined && sourceId?.replace(/^appId:/u, "") === appId;
}

function typeOfName(name: string | undefined): HubspotType | null {
  return Object.values(objects).find((object) => object.type === name)?.type ?? null;
}

function typeOfId(typeId: string | undefined): HubspotType | null {
  return Object.values(objects).find((object) => object.typeId === typeId)?.type ?? null;
}
