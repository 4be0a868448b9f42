import { APP_ID, PORTAL_ID } from "../identity.ts";
import type { Happening } from "./happening.ts";
import type { Subscription } from "./subscriptions.ts";

/** One event as webhooks carry it, without the number of the attempt. */
export type WebhookEvent = { eventId: number; subscriptionType: string; occurredAt: number } & Record<string, unknown>;

/** The event that a subscription hears of a happening, at `occurredAt` (ms). Event ids are not promised to be unique. */
export function webhookEvent(
  happening: Happening,
  { id, eventType }: Subscription,
  { eventId, occurredAt }: { eventId: number; occurredAt: number },
): WebhookEvent {
  const isGeneric = eventType.startsWith("object.");
  return {
    eventId,
    subscriptionId: id,
    portalId: PORTAL_ID,
    appId: APP_ID,
    occurredAt,
    subscriptionType: eventType,
    ...happening.by,
    ...(happening.kind === "associationChange" ? {} : { objectId: Number(happening.record.id) }),
    ...(isGeneric ? { objectTypeId: happening.record.type.id } : {}),
    ...factsOf(happening, isGeneric),
  };
}

function factsOf(happening: Happening, isGeneric: boolean): Record<string, unknown> {
  switch (happening.kind) {
    case "creation":
      return { changeFlag: isGeneric ? "CREATED" : "NEW" };
    case "deletion":
      return { changeFlag: "DELETED" };
    case "restore":
    case "privacyDeletion":
      return {};
    case "propertyChange":
      return { propertyName: happening.name, propertyValue: happening.value, isSensitive: false };
    case "merge":
      return {
        primaryObjectId: Number(happening.primaryId),
        mergedObjectIds: happening.mergedIds.map(Number),
        newObjectId: Number(happening.record.id),
        numberOfPropertiesMoved: happening.movedProperties,
      };
    case "associationChange":
      return associationFacts(happening, isGeneric);
  }
}

function associationFacts(
  { record, to, association, isRemoved }: Extract<Happening, { kind: "associationChange" }>,
  isGeneric: boolean,
): Record<string, unknown> {
  const ends = { fromObjectId: Number(record.id), toObjectId: Number(to.id) };
  const isPrimaryAssociation = association.label === "Primary";
  if (!isGeneric) {
    const associationType = `${record.type.singular}_TO_${to.type.singular}`.toUpperCase();
    return { associationType, ...ends, associationRemoved: isRemoved, isPrimaryAssociation };
  }
  return {
    fromObjectTypeId: record.type.id,
    toObjectTypeId: to.type.id,
    ...ends,
    associationTypeId: association.id,
    associationCategory: association.category,
    associationRemoved: isRemoved,
    isPrimaryAssociation,
  };
}
