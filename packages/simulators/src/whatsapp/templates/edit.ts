import { Refusal } from "../graph/refusal.ts";
import type { Call } from "../graph/route.ts";
import type { Sim } from "../sim.ts";
import type { Template, TemplateComponent } from "./model.ts";
import { brokenRule } from "./broken-rule.ts";
import { optionsOf } from "./create.ts";
import { parseChange } from "./definition.ts";
import type { TemplateChange } from "./definition.ts";
import { normalForm } from "./normal-form.ts";
import type { Author } from "./normal-form.ts";
import { startReview } from "./review.ts";
import { checkLife, checkRules } from "./rules.ts";

const DAY_MS = 24 * 3_600_000;
/** How often an approved template can be edited: once a day, ten times in 30 days. */
const EDIT_LIMITS = [
  { edits: 1, ms: DAY_MS },
  { edits: 10, ms: 30 * DAY_MS },
];
const EDITABLE = ["APPROVED", "REJECTED", "PAUSED"];

/** `POST /{TEMPLATE_ID}`: other content or category; the template goes back to review. Name and language stay. */
export function editTemplate(sim: Sim, call: Call, template: Template): Refusal | object {
  const change = parseChange(call.params);
  if (change instanceof Refusal) return change;
  const refused = refuseEdit(template, change, call, sim.clock.now());
  if (refused !== undefined) return refused;
  const category = change.category ?? template.category;
  const author: Author = {
    sim,
    appId: call.caller.app.id,
    accountId: template.accountId,
    language: template.language,
    category,
    flows: [],
  };
  const components = componentsAfter(template, change, author);
  if (components instanceof Refusal) return components;
  const parameter_format = change.parameter_format ?? template.parameter_format;
  const broken =
    checkRules({ components, parameter_format, category }) ?? checkLife(category, change.message_send_ttl_seconds);
  if (broken !== undefined) return broken;
  for (const flow of author.flows) sim.state.flows.set(flow.id, flow);
  Object.assign(template, { components, category, parameter_format, ...optionsOf(change), status: "PENDING" });
  template.editedAt.push(sim.clock.now());
  sim.ledger.record("template_edited", { waba_id: template.accountId, id: template.id, name: template.name });
  startReview(sim, template);
  return { success: true };
}

function componentsAfter(
  template: Template,
  { components }: TemplateChange,
  author: Author,
): TemplateComponent[] | Refusal {
  return components === undefined ? template.components : normalForm(components, author);
}

function refuseEdit(template: Template, change: TemplateChange, call: Call, now: number): Refusal | undefined {
  const refuse = (message: string) => brokenRule(2388039, message);
  const { name = template.name, language = template.language } = call.params;
  if (name !== template.name || language !== template.language) {
    return refuse("The name and the language of a template can't be changed.");
  }
  if (!EDITABLE.includes(template.status)) return refuse(`A template that is ${template.status} can't be edited.`);
  if (template.status !== "APPROVED") return undefined;
  if (change.category !== undefined && change.category !== template.category) {
    return refuse("The category of an approved template can't be changed.");
  }
  const broken = EDIT_LIMITS.find(({ edits, ms }) => template.editedAt.filter((at) => now - at < ms).length >= edits);
  return broken && refuse("An approved template can be edited once in 24 hours and 10 times in 30 days.");
}
