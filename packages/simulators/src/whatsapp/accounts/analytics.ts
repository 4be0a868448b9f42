import type { Call } from "../graph/route.ts";
import type { Message } from "../messages/message.ts";
import { countryOf } from "../people/directory.ts";
import type { Sim } from "../sim.ts";
import { RATES } from "./rates.ts";
import type { Account, BusinessNumber } from "../state.ts";

const HALF_HOUR_S = 1800;
/** Length of a step; months are taken as 30 days. */
const STEPS_S: Readonly<Record<string, number>> = {
  HALF_HOUR: HALF_HOUR_S,
  DAY: 48 * HALF_HOUR_S,
  DAILY: 48 * HALF_HOUR_S,
  MONTH: 30 * 48 * HALF_HOUR_S,
  MONTHLY: 30 * 48 * HALF_HOUR_S,
};

type Asked = { start: number; end: number; granularity: string; phone_numbers: string[]; dimensions: string[] };

/** `analytics.start().end().granularity()`: messages sent and delivered in each step of time. */
export function analyticsOf(sim: Sim, call: Call, account: Account): object | undefined {
  const asked = askedOf(call, "analytics");
  if (asked === undefined) return undefined;
  const numbers = numbersOf(account, asked);
  const messages = sentFrom(sim, numbers);
  const data_points = stepsOf(asked).map(([start, end]) => {
    const within = messages.filter(({ at }) => at >= start * 1000 && at < end * 1000);
    const delivered = within.filter(({ status }) => status === "delivered" || status === "read");
    return { start, end, sent: within.length, delivered: delivered.length };
  });
  const { granularity } = asked;
  return { phone_numbers: numbers.map(({ digits }) => digits), granularity, data_points };
}

/** `pricing_analytics.start().end().granularity().dimensions()`: delivered messages by the dimensions asked for. */
export function pricingAnalyticsOf(sim: Sim, call: Call, account: Account): object | undefined {
  const asked = askedOf(call, "pricing_analytics");
  if (asked === undefined) return undefined;
  const numbers = numbersOf(account, asked);
  const delivered = sentFrom(sim, numbers).filter(({ status }) => status === "delivered" || status === "read");
  const points = stepsOf(asked).flatMap(([start, end]) => {
    const within = delivered.filter(({ at }) => at >= start * 1000 && at < end * 1000);
    const groups = Map.groupBy(within, (message) => JSON.stringify(dimensionsOf(message, numbers, asked.dimensions)));
    return [...groups].map(([key, group]) => ({
      start,
      end,
      volume: group.length,
      cost: costOf(group),
      ...(JSON.parse(key) as object),
    }));
  });
  return { data: [{ data_points: points }] };
}

function costOf(messages: Message[]): number {
  const cost = messages.reduce((sum, { outbound }) => sum + RATES[outbound?.category ?? "SERVICE"], 0);
  return Number(cost.toFixed(4));
}

function dimensionsOf(message: Message, numbers: BusinessNumber[], dimensions: string[]): Record<string, unknown> {
  const all: Record<string, unknown> = {
    country: countryOf(message.waId),
    phone: numbers.find(({ id }) => id === message.phoneNumberId)?.digits,
    pricing_category: message.outbound?.category,
    pricing_type: "REGULAR",
    tier: undefined,
  };
  return Object.fromEntries(Object.entries(all).filter(([name]) => dimensions.includes(name.toUpperCase())));
}

function sentFrom({ state }: Sim, numbers: BusinessNumber[]): Message[] {
  const ids = new Set(numbers.map(({ id }) => id));
  return [...state.messages.values()].filter(
    ({ direction, status, phoneNumberId }) =>
      direction === "outbound" && status !== "accepted" && status !== "failed" && ids.has(phoneNumberId),
  );
}

function numbersOf({ numbers }: Account, { phone_numbers }: Asked): BusinessNumber[] {
  const wanted = new Set(phone_numbers.map((number) => number.replaceAll(/\D/gu, "")));
  return wanted.size === 0 ? numbers : numbers.filter(({ digits }) => wanted.has(digits));
}

/** The steps of time asked for, in Unix seconds. */
function stepsOf({ start, end, granularity }: Asked): (readonly [number, number])[] {
  const step = STEPS_S[granularity] ?? HALF_HOUR_S;
  const steps: (readonly [number, number])[] = [];
  for (let from = start; from < end; from += step) steps.push([from, from + step]);
  return steps;
}

/** The calls behind a field: `analytics.start(1).end(2).granularity(DAY)`; undefined when it is not asked for. */
function askedOf({ params }: Call, field: string): Asked | undefined {
  const fields = typeof params.fields === "string" ? params.fields : "";
  const chain = new RegExp(`(?:^|,)\\s*${field}((?:\\.\\w+\\([^()]*\\))*)`, "u").exec(fields)?.[1];
  if (chain === undefined) return undefined;
  const calls = new Map(
    Array.from(chain.matchAll(/\.(\w+)\(([^()]*)\)/gu), ([, name = "", value = ""]) => [name, value]),
  );
  const list = (name: string) => (calls.get(name) ?? "").match(/[\w+]+/gu) ?? [];
  return {
    start: Number(calls.get("start") ?? 0),
    end: Number(calls.get("end") ?? 0),
    granularity: (calls.get("granularity") ?? "HALF_HOUR").toUpperCase(),
    phone_numbers: [...list("phone_numbers")],
    dimensions: list("dimensions").map((dimension) => dimension.toUpperCase()),
  };
}
