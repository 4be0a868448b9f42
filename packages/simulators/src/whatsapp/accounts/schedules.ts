import { z } from "zod";
import { flagParam, jsonParam } from "../graph/json-param.ts";
import { pageOf } from "../graph/listing.ts";
import { parseParam } from "../graph/params.ts";
import { Refusal } from "../graph/refusal.ts";
import type { Call } from "../graph/route.ts";
import { newObjectId } from "../identifiers.ts";
import type { Sim } from "../sim.ts";
import type { Account } from "../state.ts";

const time = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/u, "must be a time such as 09:30");
const scheduleSchema = z.looseObject({
  name: z.string().min(1).max(100),
  schedule_type: z.enum(["BUSINESS_HOURS", "AUTOMATED_RESPONSE", "MESSAGE_CAMPAIGN", "MAINTENANCE_WINDOW", "CUSTOM"]),
  description: z.string().max(500).optional(),
  start_time: time,
  end_time: time,
  timezone: z.string().optional(),
  days_of_week: jsonParam(
    z.array(z.enum(["MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"])),
  ).optional(),
  is_active: flagParam.default(true),
  recurrence_pattern: jsonParam(
    z.looseObject({ frequency: z.enum(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]), interval: z.int().min(1) }),
  ).optional(),
});
const SHOWN = Object.keys(scheduleSchema.shape);

/** `GET /{WABA}/schedules`: filtered by `filtering=[{field,operator:"EQUAL",value}]`, sorted by time. */
export function listSchedules(_sim: Sim, call: Call, account: Account): Refusal | object {
  const nodes = account.schedules.map((one) => ({
    ...Object.fromEntries(SHOWN.map((name) => [name, one[name]])),
    ...one,
    status: one.is_active ? "ACTIVE" : "INACTIVE",
    updated_time: one.created_time,
  }));
  const sorted = call.params.sort === "created_time.desc" ? nodes.toReversed() : nodes;
  return pageOf(call, filtered(sorted, call.params.filtering), ["status", ...SHOWN, "created_time", "updated_time"]);
}

/** `POST /{WABA}/schedules`. */
export function createSchedule(sim: Sim, call: Call, account: Account): Refusal | object {
  const request = parseParam(scheduleSchema, call.params, "");
  if (request instanceof Refusal) return request;
  const schedule = { ...request, id: newObjectId(), created_time: sim.clock.iso() };
  account.schedules.push(schedule);
  sim.ledger.record("schedule_created", { waba_id: account.id, id: schedule.id });
  return { id: schedule.id };
}

const filterSchema = jsonParam(z.array(z.looseObject({ field: z.string(), value: z.unknown() })));

/** Those items of a list that have all the values that `filtering` names. */
export function filtered<N extends Record<string, unknown>>(nodes: N[], filtering: unknown): N[] {
  const parsed = filterSchema.safeParse(filtering);
  if (!parsed.success) return nodes;
  return nodes.filter((node) =>
    parsed.data.every(({ field, value }) =>
      Array.isArray(value) ? value.includes(node[field]) : node[field] === value,
    ),
  );
}
