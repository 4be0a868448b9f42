import { z } from "zod";
import { jsonParam } from "../graph/json-param.ts";
import { parseParam } from "../graph/params.ts";
import { Refusal } from "../graph/refusal.ts";
import type { Call } from "../graph/route.ts";
import type { Sim } from "../sim.ts";
import type { Account } from "../state.ts";
import { removeTemplate } from "./catalogue.ts";
import { setTemplateStatus, tellStatus } from "./review.ts";

const MOST_AT_ONCE = 100;
/** An archived template is deleted after so long. */
const KEPT_MS = 28 * 24 * 3_600_000;

const archiveSchema = z.looseObject({
  template_ids: jsonParam(z.array(z.coerce.string<string | number>()).min(1).max(MOST_AT_ONCE)),
});

/** Puts templates away: those that are approved or paused; they are deleted 28 days later unless brought back. */
export function archiveTemplates(sim: Sim, call: Call, account: Account): Promise<Refusal | object> {
  return move(sim, call, account, { from: ["APPROVED", "PAUSED", "REJECTED"], archive: true });
}

/** Brings archived templates back as approved ones. */
export function unarchiveTemplates(sim: Sim, call: Call, account: Account): Promise<Refusal | object> {
  return move(sim, call, account, { from: ["ARCHIVED"], archive: false });
}

async function move(
  sim: Sim,
  call: Call,
  account: Account,
  { from, archive }: { from: string[]; archive: boolean },
): Promise<Refusal | object> {
  const request = parseParam(archiveSchema, call.params, "");
  if (request instanceof Refusal) return request;
  const moved: string[] = [];
  const failed: object[] = [];
  for (const id of request.template_ids) {
    const template = sim.state.templates.get(id);
    if (template === undefined || template.accountId !== account.id || !from.includes(template.status)) {
      const reason = template?.accountId === account.id ? `The template is ${template.status}` : "Unknown template";
      failed.push({ id, reason });
      continue;
    }
    moved.push(id);
    if (archive) await setTemplateStatus(sim, template, "ARCHIVED");
    else {
      template.status = "APPROVED";
      await tellStatus(sim, template, "UNARCHIVED");
    }
    if (archive) {
      sim.clock.after(KEPT_MS, async () => {
        if (template.status !== "ARCHIVED" || !sim.state.templates.has(id)) return;
        removeTemplate(sim, template);
        await tellStatus(sim, template, "DELETED");
      });
    }
  }
  return { [archive ? "archived_templates" : "unarchived_templates"]: moved, failed_templates: failed };
}
