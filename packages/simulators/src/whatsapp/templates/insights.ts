import { z } from "zod";
import { jsonParam } from "../graph/json-param.ts";
import { parseParam } from "../graph/params.ts";
import { Refusal, refuseCloud, refuseObject, refuseParameter } from "../graph/refusal.ts";
import type { Call } from "../graph/route.ts";
import { RATES } from "../accounts/rates.ts";
import type { Message } from "../messages/message.ts";
import type { Sim } from "../sim.ts";
import type { Account } from "../state.ts";
import type { Template } from "./model.ts";
import { templatesOf } from "./catalogue.ts";
import { buttonsOf } from "./variables.ts";

const DAY_S = 86_400;
const LOOK_BACK_S = 90 * DAY_S;
const METRICS = ["SENT", "DELIVERED", "READ", "CLICKED", "COST"] as const;
/** Which statuses a message has passed when it stands at one. */
const PASSED: Record<string, readonly string[]> = {
  SENT: ["sent", "delivered", "read"],
  DELIVERED: ["delivered", "read"],
  READ: ["read"],
};
const COMPARABLE_DAYS = [7, 30, 60, 90];

const seconds = z.coerce.number<string | number>().int().positive();
const commaList = z.string().transform((list) => list.split(",").map((word) => word.trim()));
const ids = (most: number) =>
  jsonParam(z.union([commaList, z.array(z.coerce.string<string | number>())])).pipe(
    z.array(z.string()).min(1).max(most),
  );

const analyticsSchema = z.looseObject({
  start: seconds,
  end: seconds,
  granularity: z
    .string()
    .toUpperCase()
    .pipe(z.enum(["DAILY"])),
  metric_types: jsonParam(z.union([commaList, z.array(z.string())]))
    .pipe(z.array(z.string().toUpperCase().pipe(z.enum(METRICS))))
    .optional(),
  template_ids: ids(10),
  product_type: z.string().optional(),
});

const compareSchema = z.looseObject({ template_ids: ids(1), start: seconds, end: seconds });

/** `GET /{WABA}/template_analytics`: what became of the messages of up to ten templates, day by day, 90 days back. */
export function templateAnalytics(sim: Sim, call: Call, account: Account): Refusal | object {
  if (!account.insightsEnabled) return refuseCloud(200007, "Template insights are not enabled for this account");
  const request = parseParam(analyticsSchema, call.params, "");
  if (request instanceof Refusal) return request;
  const { start, end, template_ids, metric_types = METRICS } = request;
  if (end <= start) return refuseParameter("Param end must be after start.");
  if (start < sim.clock.seconds() - LOOK_BACK_S) return refuseParameter("Param start is more than 90 days ago.");
  const own = templatesOf(sim, account);
  const points: object[] = [];
  for (const id of template_ids) {
    const template = own.find((one) => one.id === id);
    if (template === undefined) return refuseObject(id, "GET");
    for (let day = Math.floor(start / DAY_S) * DAY_S; day < end; day += DAY_S) {
      const sent = messagesOf(sim, template, day, day + DAY_S);
      points.push({
        template_id: id,
        start: day,
        end: day + DAY_S,
        ...Object.fromEntries(
          metric_types.map((metric) => [metric.toLowerCase(), metricOf(sim, metric, template, sent)]),
        ),
      });
    }
  }
  return { data: [{ granularity: "DAILY", product_type: "cloud_api", data_points: points }] };
}

/** `GET /{TEMPLATE_ID}/compare`: this template beside another of the same account, over 7, 30, 60 or 90 days. */
export function compareTemplates(sim: Sim, call: Call, template: Template): Refusal | object {
  const request = parseParam(compareSchema, call.params, "");
  if (request instanceof Refusal) return request;
  const { start, end, template_ids } = request;
  if (!COMPARABLE_DAYS.includes(Math.round((end - start) / DAY_S))) {
    return refuseParameter("Param end must be 7, 30, 60 or 90 days after start.");
  }
  const [otherId = ""] = template_ids;
  const other = sim.state.templates.get(otherId);
  if (other === undefined || other.accountId !== template.accountId) return refuseObject(otherId, "GET");
  const both = [template, other];
  const counts = both.map((one) => ({ key: one.id, value: messagesOf(sim, one, start, end).length }));
  return {
    data: [
      {
        metric: "BLOCK_RATE",
        type: "RELATIVE",
        order_by_relative_metric: both.toSorted((a, b) => a.pauses - b.pauses).map(({ id }) => id),
      },
      { metric: "MESSAGE_SENDS", type: "NUMBER_VALUES", number_values: counts },
      {
        metric: "TOP_BLOCK_REASON",
        type: "STRING_VALUES",
        string_values: both.map(({ id }) => ({ key: id, value: "UNKNOWN_BLOCK_REASON" })),
      },
    ],
  };
}

function messagesOf({ state }: Sim, { id }: Template, start: number, end: number): Message[] {
  return [...state.messages.values()].filter(
    ({ outbound, at }) => outbound?.template?.id === id && at >= start * 1000 && at < end * 1000,
  );
}

function metricOf({ state }: Sim, metric: (typeof METRICS)[number], template: Template, sent: Message[]): unknown {
  const count = (statuses: readonly string[]) => sent.filter(({ status }) => statuses.includes(status)).length;
  if (metric === "CLICKED") {
    const wamids = new Set(sent.map(({ wamid }) => wamid));
    const answers = [...state.messages.values()].map(({ body }) => answerTo(wamids, body));
    const clickable = buttonsOf(template).filter(({ type }) => type === "QUICK_REPLY" || type === "URL");
    return clickable.map(({ type, text }) => ({
      type: `${type.toLowerCase()}_button`,
      button_content: text,
      count: answers.filter((answer) => answer === text).length,
    }));
  }
  const reached = count(PASSED[metric] ?? []);
  if (metric !== "COST") return reached;
  const rate = RATES[template.category];
  const spent = Number((count(PASSED.DELIVERED ?? []) * rate).toFixed(4));
  return [
    { type: "amount_spent", value: spent },
    { type: "cost_per_delivered", value: rate },
  ];
}

/** The text of the quick reply with which a message answers one of `wamids`. */
function answerTo(wamids: ReadonlySet<string>, body: Record<string, unknown>): string | undefined {
  const { context, button } = body as { context?: { id?: string }; button?: { text?: string } };
  return wamids.has(context?.id ?? "") ? button?.text : undefined;
}
