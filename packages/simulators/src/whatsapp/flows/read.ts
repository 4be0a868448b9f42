import { healthOf } from "../accounts/health.ts";
import { pageOf, selectFields } from "../graph/listing.ts";
import type { Refusal } from "../graph/refusal.ts";
import type { Call } from "../graph/route.ts";
import { publish } from "../media/public-files.ts";
import type { Sim } from "../sim.ts";
import type { Account } from "../state.ts";
import { flowsOf } from "./edit.ts";
import { screensOf } from "./model.ts";
import type { Flow } from "./model.ts";

const DEFAULTS = ["name", "status", "categories", "validation_errors"];
const PREVIEW_LIFE_MS = 30 * 24 * 3_600_000;
const METRIC = /metric\.name\((\w+)\)(?:\.granularity\((\w+)\))?/u;

/** `GET /{WABA}/flows`. */
export function listFlows(sim: Sim, call: Call, account: Account): Refusal | object {
  const nodes = flowsOf(sim, account).map((flow) => flowNode(sim, call, flow));
  return pageOf(call, nodes, DEFAULTS);
}

/** `GET /{FLOW}`: fields as asked for; a preview, and a metric of its endpoint among them. */
export function readFlow(sim: Sim, call: Call, flow: Flow): Refusal | object {
  return selectFields(call, flowNode(sim, call, flow), DEFAULTS);
}

/** `GET /{FLOW}/assets`: the JSON with a link to load it by. */
export function listFlowAssets(sim: Sim, _call: Call, { json }: Flow): object {
  if (json === undefined) return { data: [] };
  const download_url = publish(sim, { bytes: Buffer.from(json), mimeType: "application/json" });
  return { data: [{ name: "flow.json", asset_type: "FLOW_JSON", download_url }] };
}

function flowNode(sim: Sim, { params }: Call, flow: Flow): Record<string, unknown> {
  const account = sim.state.accounts.get(flow.accountId);
  const app = sim.state.apps.get(account?.appId ?? "");
  const version = (key: string) => new RegExp(`"${key}"\\s*:\\s*"([^"]+)"`, "u").exec(flow.json ?? "")?.[1];
  const previewUntil = new Date(sim.clock.now() + PREVIEW_LIFE_MS).toISOString().replace(/\.\d+Z/u, "+0000");
  const [, metric, granularity = "DAY"] = METRIC.exec(typeof params.fields === "string" ? params.fields : "") ?? [];
  return {
    id: flow.id,
    name: flow.name,
    status: flow.status,
    categories: flow.categories,
    validation_errors: flow.errors,
    json_version: version("version"),
    data_api_version: version("data_api_version"),
    data_channel_uri: flow.endpointUri,
    endpoint_uri: flow.endpointUri,
    updated_at: new Date(flow.updatedAt).toISOString().replace(/\.\d+Z/u, "+0000"),
    screens: screensOf(flow),
    preview: {
      preview_url: `${sim.origin}/flows/${flow.id}/preview`,
      expires_at: previewUntil,
    },
    whatsapp_business_account: account && {
      id: account.id,
      name: account.name,
      currency: account.currency,
      timezone_id: account.timezoneId,
    },
    application: app && { id: app.id, name: app.name, link: `https://www.facebook.com/games/?app_id=${app.id}` },
    health_status: account && healthOf(account),
    // No flow of this platform calls an endpoint, so its metrics have no points.
    metric: metric && { name: metric, granularity, data_points: [] },
  };
}
