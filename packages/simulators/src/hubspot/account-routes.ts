import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { HubSpotError } from "./api-error.ts";
import { PORTAL_ID, TIME_ZONE } from "./identity.ts";
import type { Owner, Portal } from "./portal.ts";
import { hubspotTime } from "./property-values.ts";
import { read } from "./request-parts.ts";
import type { Api } from "./request-parts.ts";

const ownersSchema = z.object({
  email: z.string().optional(),
  after: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(500).default(100),
  archived: z.stringbool().default(false),
});

/** Mounts the owners of the portal: `/` with `email`, `after`, `limit`, and `/{id}`. */
export function mountOwners(app: FastifyInstance, api: Api): void {
  const scope = ["crm.objects.owners.read"];
  app.get("/", (request) => {
    api.access.requireScope(request, scope);
    const { email, after, limit, archived } = read(ownersSchema, request.query);
    const following = api.portal.owners
      .filter((owner) => owner.archived === archived && (email === undefined || owner.email === email.toLowerCase()))
      .filter((owner) => after === undefined || Number(owner.id) > Number(after));
    const page = following.slice(0, limit);
    const last = page.at(-1);
    const isMore = following.length > limit && last !== undefined;
    return { results: page.map(presentOwner), ...(isMore ? { paging: { next: { after: last.id } } } : {}) };
  });
  app.get<{ Params: { id: string } }>("/:id", (request) => {
    api.access.requireScope(request, scope);
    const owner = api.portal.owners.find((candidate) => candidate.id === request.params.id);
    if (owner === undefined) throw new HubSpotError(404, "resource not found", { category: "OBJECT_NOT_FOUND" });
    return presentOwner(owner);
  });
}

/** Mounts `/details`: which portal a token belongs to and where people see it. */
export function mountAccount(app: FastifyInstance, portal: Portal): void {
  app.get("/details", () => {
    const offset = zoneOffset(portal.clock.now());
    return {
      portalId: PORTAL_ID,
      accountType: "STANDARD",
      timeZone: TIME_ZONE,
      companyCurrency: "EUR",
      additionalCurrencies: ["BRL", "AED"],
      utcOffset: offset.text,
      utcOffsetMilliseconds: offset.ms,
      uiDomain: new URL(portal.uiUrl).host,
      dataHostingLocation: "eu1",
    };
  });
}

function presentOwner({ createdAt, userId, ...owner }: Owner): Record<string, unknown> {
  const created = hubspotTime(createdAt);
  return {
    ...owner,
    ...(owner.archived ? {} : { userId }),
    userIdIncludingInactive: userId,
    type: "PERSON",
    teams: [],
    createdAt: created,
    updatedAt: created,
  };
}

/** Distance of the portal's time zone from UTC, as `+01:00` and in ms. */
function zoneOffset(now: number): { text: string; ms: number } {
  const parts = new Intl.DateTimeFormat("en", { timeZone: TIME_ZONE, timeZoneName: "longOffset" }).formatToParts(now);
  const text = parts.find((part) => part.type === "timeZoneName")?.value.replace("GMT", "") ?? "";
  const [, sign = "+", hours = "0", minutes = "0"] = /([+-])(\d+):(\d+)/u.exec(text) ?? [];
  const ms = (sign === "-" ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
  return { text: text === "" ? "+00:00" : text, ms };
}
