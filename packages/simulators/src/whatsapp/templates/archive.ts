import { z } from "zod";
import { jsonParam } from "../graph/json-param.ts";
import { parseParam } from "../graph/params.ts";
import { Refusal } from "../graph/refusal.ts";
import type { Call } from "../graph/route.ts";
import type { Sim } from "../sim.ts";
import type { Account } from "../state.ts";
import type { Template, TemplateStatus } from "./model.ts";
import { removeTemplate } from "./catalogue.ts";
import { setTemplateStatus, tellStatus } from "./review.ts";

const MOST_AT_ONCE = 100;
const DAY_MS = 24 * 3_600_000;
/** An archived template is deleted after so long. */
const KEPT_MS = 28 * DAY_MS;
/** A template that is not sent for so long is archived. */
const IDLE_MS = 365 * DAY_MS;

const archiveSchema = z.looseObject({
  template_ids: jsonParam(z.array(z.coerce.string<string | number>()).min(1).max(MOST_AT_ONCE)),
});

/** `POST /{WABA}/archive_message_templates`: puts away templates that are approved or paused. */
export function archiveTemplates(sim: Sim, call: Call, account: Account): Promise<Refusal | object> {
  return moveAll(sim, call, account, { from: ["APPROVED", "PAUSED"], to: "archived_templates", move: archive });
}

/** `POST /{WABA}/unarchive_message_templates`: brings archived templates back as approved ones. */
export function unarchiveTemplates(sim: Sim, call: Call, account: Account): Promise<Refusal | object> {
  return moveAll(sim, call, account, { from: ["ARCHIVED"], to: "unarchived_templates", move: unarchive });
}

/** Every day from now on: puts away what was not sent for twelve months (Meta: template archival). */
export function archiveIdleTemplates(sim: Sim): void {
  sim.clock.after(DAY_MS, async () => {
    const idleSince = sim.clock.now() - IDLE_MS;
    for (const template of sim.state.templates.values()) {
      if (template.status === "APPROVED" && isIdle(sim, template, idleSince)) await archive(sim, template);
    }
    archiveIdleTemplates(sim);
  });
}

type Move = { from: TemplateStatus[]; to: string; move: (sim: Sim, template: Template) => Promise<void> };

async function moveAll(sim: Sim, call: Call, account: Account, { from, to, move }: Move): Promise<Refusal | object> {
  const request = parseParam(archiveSchema, call.params, "");
  if (request instanceof Refusal) return request;
  const moved: string[] = [];
  const failed: object[] = [];
  for (const id of request.template_ids) {
    const template = sim.state.templates.get(id);
    if (template?.accountId === account.id && from.includes(template.status)) {
      moved.push(id);
      await move(sim, template);
    } else {
      const reason = template?.accountId === account.id ? `The template is ${template.status}` : "Unknown template";
      failed.push({ id, reason });
    }
  }
  return { [to]: moved, failed_templates: failed };
}

/** An archived template is deleted 28 days later, unless it was brought back meanwhile. */
async function archive(sim: Sim, template: Template): Promise<void> {
  const archivedAt = sim.clock.now();
  template.archivedAt = archivedAt;
  sim.clock.after(KEPT_MS, async () => {
    if (template.archivedAt !== archivedAt || !sim.state.templates.has(template.id)) return;
    removeTemplate(sim, template);
    await tellStatus(sim, template, "DELETED");
  });
  await setTemplateStatus(sim, template, "ARCHIVED");
}

async function unarchive(sim: Sim, template: Template): Promise<void> {
  template.archivedAt = undefined;
  template.status = "APPROVED";
  await tellStatus(sim, template, "UNARCHIVED");
}

function isIdle({ state }: Sim, { id, createdAt, editedAt }: Template, since: number): boolean {
  if (Math.max(createdAt, ...editedAt) > since) return false;
  return ![...state.messages.values()].some(({ at, outbound }) => at > since && outbound?.template?.id === id);
}
