import { z } from "zod";
import { createHash } from "node:crypto";
import { jsonParam } from "../graph/json-param.ts";
import { parseParam } from "../graph/params.ts";
import { Refusal, refuseCloud, refuseParameter } from "../graph/refusal.ts";
import type { Call } from "../graph/route.ts";
import { limitOf } from "../limits/model.ts";
import type { Sim } from "../sim.ts";
import type { BusinessNumber } from "../state.ts";
import { REGIONS } from "./registration.ts";

const lower = <const T extends readonly [string, ...string[]]>(values: T) =>
  z.string().toLowerCase().pipe(z.enum(values));
const onOff = lower(["enabled", "disabled"]);
const switched = z.looseObject({ status: onOff });
const time = z.string().regex(/^(?:[01]\d|2[0-3]):?[0-5]\d$/u, "must be a time such as 0930");

const callingSchema = z.strictObject({
  status: onOff.optional(),
  call_icon_visibility: lower(["visible", "hidden", "default", "disable_all"]).optional(),
  callback_permission_status: onOff.optional(),
  srtp_key_exchange_protocol: z
    .string()
    .toUpperCase()
    .pipe(z.enum(["DTLS", "SDES", "DTLS-SRTP", "SDES-SRTP"]))
    .optional(),
  call_hours: z
    .looseObject({
      status: onOff,
      timezone_id: z.string().optional(),
      weekly_operating_hours: z
        .array(z.looseObject({ day_of_week: z.string(), open_time: time, close_time: time }))
        .max(14)
        .optional(),
      holiday_schedule: z
        .array(z.looseObject({ date: z.string() }))
        .max(20)
        .optional(),
    })
    .optional(),
  call_icons: z.looseObject({}).optional(),
  sip: switched.optional(),
  video: switched.optional(),
  audio: z.looseObject({}).optional(),
});

const settingsSchema = z.looseObject({
  calling: jsonParam(callingSchema).optional(),
  user_identity_change: jsonParam(
    z
      .strictObject({ enable_identity_key_check: z.boolean().optional(), enabled: z.boolean().optional() })
      .refine((given) => Object.keys(given).length > 0, "must say whether it is enabled"),
  ).optional(),
  payload_encryption: jsonParam(
    z.strictObject({ status: onOff, client_encryption_key: z.string().min(1).optional() }),
  ).optional(),
  storage_configuration: jsonParam(
    z.strictObject({
      enabled: z.boolean().optional(),
      region: z.string().optional(),
      status: lower(["default", "no_storage", "in_country_storage_enabled"]).optional(),
      data_localization_region: z.string().toUpperCase().pipe(z.enum(REGIONS)).optional(),
    }),
  ).optional(),
});
type Settings = z.infer<typeof settingsSchema>;

const GROUPS = ["calling", "user_identity_change", "payload_encryption", "storage_configuration"] as const;
/** Portfolios below this messaging limit cannot be called (Meta: calling prerequisites). */
const LEAST_LIMIT_FOR_CALLS = 2000;
/** Where calls come from, from the range kept free for documentation. */
const CALL_ADDRESSES = ["192.0.2.10", "192.0.2.11"];

/** `GET /{PNID}/settings`. */
export function readSettings(_sim: Sim, { params }: Call, number: BusinessNumber): object {
  const { calling, payload_encryption, storage } = number.settings;
  const { sip, ...rest } = calling;
  const withServers = params.include_sip_credentials === "true" && sip !== undefined ? { servers: [] } : {};
  return {
    calling: {
      status: "disabled",
      call_icon_visibility: "visible",
      callback_permission_status: "disabled",
      ...rest,
      ip_addresses: { default: CALL_ADDRESSES },
      ...(typeof sip === "object" && sip !== null ? { sip: { ...sip, ...withServers } } : {}),
    },
    user_identity_change: { enable_identity_key_check: number.identityCheck },
    payload_encryption: { status: "disabled", ...payload_encryption },
    storage_configuration: { status: "default", ...storage },
  };
}

/** `POST /{PNID}/settings`: one group or several; 138015 for calls below a messaging limit of 2,000. */
export function writeSettings(sim: Sim, call: Call, number: BusinessNumber): Refusal | object {
  const request = parseParam(settingsSchema, call.params, "");
  if (request instanceof Refusal) return request;
  const given = GROUPS.filter((group) => request[group] !== undefined);
  if (given.length === 0) return refuseParameter(`One of the parameters ${GROUPS.join(", ")} is required.`);
  const refused = refuseSettings(sim, number, request);
  if (refused !== undefined) return refused;
  const { calling, user_identity_change: identity, payload_encryption: encryption } = request;
  Object.assign(number.settings.calling, calling);
  number.identityCheck = identity?.enable_identity_key_check ?? identity?.enabled ?? number.identityCheck;
  if (encryption !== undefined) number.settings.payload_encryption = encryptionOf(encryption);
  const storage = request.storage_configuration;
  if (storage !== undefined) number.settings.storage = storageOf(storage);
  sim.ledger.record("settings_updated", { phone_number_id: number.id, settings: given });
  return { success: true };
}

function refuseSettings(sim: Sim, number: BusinessNumber, request: Settings): Refusal | undefined {
  const { calling, payload_encryption: encryption } = request;
  const account = sim.state.accounts.get(number.accountId);
  const portfolio = sim.state.portfolios.get(account?.businessId ?? "");
  if (calling?.status === "enabled" && portfolio !== undefined && limitOf(portfolio) < LEAST_LIMIT_FOR_CALLS) {
    return refuseCloud(138015, "Calls need a messaging limit of 2,000 or more.");
  }
  return encryption?.status === "enabled" && encryption.client_encryption_key === undefined
    ? refuseParameter("The parameter payload_encryption['client_encryption_key'] is required.")
    : undefined;
}

function encryptionOf({ status, client_encryption_key: key }: NonNullable<Settings["payload_encryption"]>) {
  if (status === "disabled" || key === undefined) return { status };
  const digest = createHash("sha256").update(key).digest("base64");
  return { status, client_encryption_key_fingerprint: `SHA256:${digest}` };
}

function storageOf({
  enabled,
  region,
  status,
  data_localization_region,
}: NonNullable<Settings["storage_configuration"]>) {
  const kept = data_localization_region ?? region;
  const isOn = status === undefined ? enabled === true : status !== "default";
  return isOn
    ? { status: "in_country_storage_enabled", ...(kept === undefined ? {} : { data_localization_region: kept }) }
    : { status: "default" };
}
