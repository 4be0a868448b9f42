import { HubSpotError, invalidRequest } from "../api-error.ts";
import { objectType } from "../object-types.ts";
import type { ObjectType, ObjectTypeName } from "../object-types.ts";
import type { Happening } from "./happening.ts";

/** What an app wants to hear of. Times are ms since the epoch. */
export type Subscription = {
  id: number;
  /** `contact.propertyChange` or, in the generic format, `object.propertyChange`. */
  eventType: string;
  propertyName?: string | undefined;
  /** Generic format only. */
  objectTypeId?: string | undefined;
  active: boolean;
  createdAt: number;
  updatedAt: number;
};

export type NewSubscription = Pick<Subscription, "eventType" | "propertyName" | "objectTypeId"> & {
  active?: boolean | undefined;
};

const KINDS = ["creation", "deletion", "merge", "propertyChange", "restore", "associationChange"] as const;

/** Types with events of their own name; the others have the generic ones alone. */
const CLASSIC: readonly ObjectTypeName[] = ["contacts", "companies", "deals", "tickets"];

/** Events of things that this portal does not have; an app may ask for them all the same. */
const ELSEWHERE = [
  ...["creation", "deletion", "newMessage", "privacyDeletion", "propertyChange"].map((kind) => `conversation.${kind}`),
  ...["line_item", "product"].flatMap((type) => KINDS.map((kind) => `${type}.${kind}`)),
  "event.completed",
];

const EVENT_TYPES: ReadonlySet<string> = new Set([
  ...[...CLASSIC.map((name) => objectType(name).singular), "object"].flatMap((type) =>
    KINDS.map((kind) => `${type}.${kind}`),
  ),
  "contact.privacyDeletion",
  ...ELSEWHERE,
]);

/** Properties of which the app hears by default, by type. */
const WATCHED: Readonly<Partial<Record<ObjectTypeName, readonly string[]>>> = {
  contacts: [
    "firstname",
    "lastname",
    "email",
    "company",
    "lifecyclestage",
    "hubspot_owner_id",
    "phone",
    "mobilephone",
    "hs_whatsapp_phone_number",
    "hs_whatsapp_bsuids",
    "hs_timezone",
    "wa_consent_status",
  ],
  companies: ["name", "phone", "hubspot_owner_id"],
  deals: ["dealname", "dealstage", "hubspot_owner_id"],
  tickets: ["subject", "hs_pipeline_stage", "hubspot_owner_id"],
};

/** What the app's project asks for from the beginning: every event of records, and the properties it reads. */
const DEFAULTS: readonly NewSubscription[] = [
  ...CLASSIC.map((name) => objectType(name)).flatMap(({ name, singular }): NewSubscription[] => [
    ...KINDS.filter((kind) => kind !== "propertyChange").map((kind) => ({ eventType: `${singular}.${kind}` })),
    ...(WATCHED[name] ?? []).map((propertyName) => ({ eventType: `${singular}.propertyChange`, propertyName })),
  ]),
  { eventType: "contact.privacyDeletion" },
];

/** The subscriptions of the app. */
export class Subscriptions {
  readonly #now: () => number;
  #lastId = 1_000_000;
  #all: Subscription[] = [];

  constructor(now: () => number) {
    this.#now = now;
    this.replace(DEFAULTS);
  }

  list(): readonly Subscription[] {
    return this.#all;
  }

  /** Refused (400): an unknown event, a property change without the property, a generic event without the type. */
  add({ eventType, propertyName, objectTypeId, active = true }: NewSubscription): Subscription {
    if (!EVENT_TYPES.has(eventType)) throw invalidRequest(`Invalid subscription type: ${eventType}`);
    if (eventType.endsWith(".propertyChange") && propertyName === undefined) {
      throw invalidRequest("propertyName is required for property change subscriptions");
    }
    if (eventType.startsWith("object.") && objectTypeId === undefined) {
      throw invalidRequest("objectTypeId is required for generic subscriptions");
    }
    const now = this.#now();
    const id = ++this.#lastId;
    const added = { id, eventType, propertyName, objectTypeId, active, createdAt: now, updatedAt: now };
    this.#all.push(added);
    return added;
  }

  replace(subscriptions: readonly NewSubscription[]): void {
    this.#all = [];
    for (const subscription of subscriptions) this.add(subscription);
  }

  /** Refused (404) when there is none of this id. */
  find(id: string): Subscription {
    const found = this.#all.find((subscription) => String(subscription.id) === id);
    if (found !== undefined) return found;
    throw new HubSpotError(404, `No subscription with ID ${id}`, { category: "OBJECT_NOT_FOUND" });
  }

  setActive(id: string, active: boolean): Subscription {
    const found = this.find(id);
    found.active = active;
    found.updatedAt = this.#now();
    return found;
  }

  remove(id: string): void {
    const found = this.find(id);
    this.#all = this.#all.filter((subscription) => subscription !== found);
  }

  /** Those that want to hear of this. */
  matching(happening: Happening): Subscription[] {
    return this.#all.filter((subscription) => subscription.active && wants(subscription, happening));
  }
}

function wants({ eventType, propertyName, objectTypeId }: Subscription, happening: Happening): boolean {
  const { type } = happening.record;
  const isGeneric = eventType === `object.${happening.kind}` && objectTypeId === type.id;
  if (!isGeneric && eventType !== `${type.singular}.${happening.kind}`) return false;
  if (happening.kind === "propertyChange") return happening.name === propertyName;
  // The classic format knows no associations with activities.
  return happening.kind !== "associationChange" || isGeneric || isClassic(happening.to.type);
}

function isClassic({ name }: ObjectType): boolean {
  return CLASSIC.includes(name);
}
