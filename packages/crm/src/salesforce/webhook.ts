import { createHmac, timingSafeEqual } from "node:crypto";
import { recordTypes } from "@aparte/core/crm-record.ts";
import { z } from "zod";
import type { CrmApp } from "../adapter.ts";
import type { IncomingWebhook, RecordChange } from "../record.ts";
import { eventsIn } from "../webhook-events.ts";
import { clientName } from "./client.ts";
import { refTo } from "./ids.ts";
import { objects } from "./objects.ts";

/** How old a webhook may be, in milliseconds. */
const maxAgeMs = 5 * 60_000;

/** The largest time that a date can hold. */
const lastTime = 8_640_000_000_000_000;

/** One event as Change Data Capture publishes it, with the org that it comes from (developer guide, "Change Event"). */
const eventSchema = z.object({
  myDomain: z.string().regex(/^[A-Za-z0-9.-]{1,100}$/u),
  payload: z.object({
    ChangeEventHeader: z.object({
      entityName: z.string(),
      recordIds: z.array(z.string().regex(/^[A-Za-z0-9]{15,18}$/u)),
      changeType: z.string(),
      changeOrigin: z.string().default(""),
      commitTimestamp: z.number().int().min(0).max(lastTime),
    }),
  }),
});
type Event = z.infer<typeof eventSchema>;

/**
 * What each type of change is to us. A gap says that Salesforce could not tell the details, which we never take from an
 * event; an overflow names no records at all: asking for changes finds them. A merge shows as the deletion of the loser.
 */
const kinds: Readonly<Record<string, RecordChange["kind"]>> = {
  CREATE: "updated",
  UPDATE: "updated",
  DELETE: "deleted",
  UNDELETE: "restored",
  GAP_CREATE: "updated",
  GAP_UPDATE: "updated",
  GAP_DELETE: "deleted",
  GAP_UNDELETE: "restored",
};

/**
 * The changes that a relay of Change Data Capture sends on. Salesforce itself publishes them on a bus; who subscribes
 * there signs what it passes on with the app's secret. Events that we do not know are left out.
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

/** HMAC-SHA256 over the time and the body as they came, in base64url. */
function isGenuine({ headers, body, now }: IncomingWebhook, clientSecret: string): boolean {
  const given = headers["x-aparte-signature"];
  const time = headers["x-aparte-timestamp"];
  if (given === undefined || time === undefined || !/^\d{1,15}$/u.test(time)) return false;
  if (Math.abs(now.getTime() - Number(time)) > maxAgeMs) return false;
  const signed = createHmac("sha256", clientSecret).update(`${time}.`).update(body).digest();
  const claimed = Buffer.from(given, "base64url");
  return claimed.length === signed.length && timingSafeEqual(claimed, signed);
}

function changesOf({ myDomain, payload: { ChangeEventHeader: header } }: Event): RecordChange[] {
  const type = recordTypes.find((candidate) => objects[candidate].name === header.entityName);
  const kind = Object.hasOwn(kinds, header.changeType) ? kinds[header.changeType] : undefined;
  if (type === undefined || kind === undefined) return [];
  return header.recordIds.map((id) => ({
    ref: refTo(myDomain.toLowerCase(), type, id),
    kind,
    into: null,
    at: new Date(header.commitTimestamp).toISOString(),
    isEcho: /;client=([^;/]*)/u.exec(header.changeOrigin)?.[1] === clientName,
  }));
}
