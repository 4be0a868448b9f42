import { z } from "zod";
import { jsonParam } from "../graph/json-param.ts";
import { selectFields } from "../graph/listing.ts";
import { parseParam } from "../graph/params.ts";
import { Refusal, refuseParameter } from "../graph/refusal.ts";
import type { Call } from "../graph/route.ts";
import { publish } from "../media/public-files.ts";
import type { Sim } from "../sim.ts";
import type { BusinessNumber } from "../state.ts";
import { sampleOf } from "../templates/samples-of-media.ts";

/** What a business can be about; empty when it has not said. */
const VERTICALS = [
  "ALCOHOL",
  "APPAREL",
  "AUTO",
  "BEAUTY",
  "EDU",
  "ENTERTAIN",
  "EVENT_PLAN",
  "FINANCE",
  "GOVT",
  "GROCERY",
  "HEALTH",
  "HOTEL",
  "NONPROFIT",
  "ONLINE_GAMBLING",
  "OTC_DRUGS",
  "OTHER",
  "PHYSICAL_GAMBLING",
  "PROF_SERVICES",
  "RESTAURANT",
  "RETAIL",
  "TRAVEL",
] as const;

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/u;

const profileSchema = z.strictObject({
  messaging_product: z.literal("whatsapp"),
  about: z.string().min(1).max(139).optional(),
  address: z.string().max(256).optional(),
  description: z.string().max(512).optional(),
  email: z
    .string()
    .max(128)
    .refine((email) => email === "" || EMAIL.test(email), "must be an email address")
    .optional(),
  profile_picture_handle: z.string().min(1).optional(),
  vertical: z.enum(VERTICALS).optional(),
  websites: jsonParam(
    z
      .array(
        z
          .string()
          .max(256)
          .refine((url) => /^https?:\/\//u.test(url), "must begin with http:// or https://"),
      )
      .max(2),
  ).optional(),
});

const FIELDS = ["about", "address", "description", "email", "profile_picture_url", "websites", "vertical"] as const;

/** The id of the profile as a node of its own. */
export function profileIdOf({ id }: Pick<BusinessNumber, "id">): string {
  return `2${id}`;
}

/** The number whose a profile an id stands for, if it stands for one. */
export function numberIdOfProfile(id: string): string {
  return id.startsWith("2") ? id.slice(1) : "";
}

/** `GET /{PNID}/whatsapp_business_profile`: the fields asked for, `about` when none are. */
export function readProfile(_sim: Sim, call: Call, number: BusinessNumber): Refusal | object {
  const selected = selectFields(call, profileNode(number), ["about"]);
  if (selected instanceof Refusal) return selected;
  const wantsId = typeof call.params.fields === "string" && /(?:^|,)\s*id\s*(?:,|$)/u.test(call.params.fields);
  const { id, ...fields } = selected;
  return { data: [{ ...(wantsId ? { id } : {}), ...fields, messaging_product: "whatsapp" }] };
}

/** `GET /{PROFILE_ID}`: the profile as a node. */
export function readProfileNode(_sim: Sim, call: Call, number: BusinessNumber): Refusal | object {
  return selectFields(call, { ...profileNode(number), messaging_product: "whatsapp" }, FIELDS);
}

/** `POST /{PNID}/whatsapp_business_profile`: sets the fields given; a picture comes by the handle of an upload. */
export function writeProfile(sim: Sim, call: Call, number: BusinessNumber): Refusal | object {
  const request = parseParam(profileSchema, call.params, "");
  if (request instanceof Refusal) return request;
  const { messaging_product: _product, profile_picture_handle: handle, ...given } = request;
  const picture = handle === undefined ? {} : pictureOf(sim, call, handle);
  if (picture instanceof Refusal) return picture;
  const changes = Object.fromEntries(
    Object.entries({ ...given, ...picture }).filter(([, value]) => value !== undefined),
  );
  number.profile = { ...number.profile, ...changes };
  sim.ledger.record("profile_updated", { phone_number_id: number.id, profile: changes });
  return { success: true };
}

/** `POST /{PROFILE_ID}`: the same by the profile's own id, which may also name the account. */
export function writeProfileNode(sim: Sim, call: Call, number: BusinessNumber): Refusal | object {
  const { account_name: _name, ...params } = call.params;
  const answer = writeProfile(sim, { ...call, params }, number);
  return answer instanceof Refusal ? answer : { ...answer, id: profileIdOf(number) };
}

function profileNode(number: BusinessNumber): Record<string, unknown> {
  const fields = FIELDS.map((field) => [field, number.profile[field]]);
  return {
    id: profileIdOf(number),
    account_name: number.verifiedName,
    messaging_product: undefined,
    ...Object.fromEntries(fields),
  };
}

function pictureOf(sim: Sim, { caller }: Call, handle: string): Refusal | { profile_picture_url?: string } {
  const sample = sampleOf(sim.state, caller.app.id, handle);
  if (sample === undefined || (sample !== "elsewhere" && !sample.mimeType.startsWith("image/"))) {
    return refuseParameter("Param profile_picture_handle is not the handle of an uploaded image.");
  }
  return sample === "elsewhere" ? {} : { profile_picture_url: publish(sim, sample) };
}
