import { newObjectId } from "../identifiers.ts";
import type { Sim } from "../sim.ts";
import type { Account, Template } from "../state.ts";
import { parseChange, parseDefinition } from "../templates/definition.ts";
import { newHistory } from "../templates/model.ts";
import { startReview } from "../templates/review.ts";
import { checkRules } from "../templates/rules.ts";
import { pageOf, selectFields } from "./listing.ts";
import { Refusal, refuseObject, refuseParameter, refuseTemplate } from "./refusal.ts";
import type { Call, Route } from "./route.ts";

const DEFAULTS = ["name", "parameter_format", "components", "language", "status", "category", "rejected_reason"];
const DAY_MS = 24 * 3_600_000;
/** How often an approved template can be edited: once a day, ten times in 30 days. */
const EDIT_LIMITS = [
  { edits: 1, ms: DAY_MS },
  { edits: 10, ms: 30 * DAY_MS },
];
const MOST_TEMPLATES = 6000;

/** What can be asked of the templates of an account. */
export const accountTemplateRoutes: readonly Route<Account>[] = [
  { method: "GET", edge: "message_templates", needs: "whatsapp_business_management", handle: listTemplates },
  { method: "POST", edge: "message_templates", needs: "whatsapp_business_management", handle: createTemplate },
  { method: "DELETE", edge: "message_templates", needs: "whatsapp_business_management", handle: deleteTemplates },
];

/** What can be asked of one template. */
export const templateRoutes: readonly Route<Template>[] = [
  {
    method: "GET",
    edge: "",
    needs: "whatsapp_business_management",
    handle: (_sim, call, template) => selectFields(call, templateNode(template), DEFAULTS),
  },
  { method: "POST", edge: "", needs: "whatsapp_business_management", handle: editTemplate },
];

function listTemplates(sim: Sim, call: Call, account: Account): Refusal | object {
  const { name, status, category, language, name_or_content } = call.params;
  const wanted = (filter: unknown, value: string) =>
    typeof filter !== "string" || filter === "" || filter.toUpperCase().split(",").includes(value.toUpperCase());
  const found = templatesOf(sim, account).filter(
    (template) =>
      wanted(status, template.status) &&
      wanted(category, template.category) &&
      wanted(language, template.language) &&
      (typeof name !== "string" || template.name.includes(name)) &&
      (typeof name_or_content !== "string" || JSON.stringify(template).includes(name_or_content)),
  );
  return pageOf(call, found.map(templateNode), DEFAULTS);
}

function createTemplate(sim: Sim, call: Call, account: Account): Refusal | object {
  const definition = parseDefinition(call.params);
  if (definition instanceof Refusal) return definition;
  const { name, language, category, parameter_format, components } = definition;
  const refused = checkRules(components, parameter_format);
  if (refused !== undefined) return refused;
  const own = templatesOf(sim, account);
  if (own.length >= MOST_TEMPLATES)
    return refuseTemplate(2388019, "Template limit exceeded", "Delete a template first.");
  if (own.some((template) => template.name === name && template.language === language)) {
    return refuseTemplate(
      2388024,
      "Content in this language already exists",
      `There is already ${language} content for this template. You can create a new template and try again.`,
    );
  }
  const template: Template = {
    ...newHistory(account.id, sim.clock.now()),
    id: newObjectId(),
    name,
    language,
    category,
    status: "PENDING",
    parameter_format,
    components,
  };
  sim.state.templates.set(template.id, template);
  sim.ledger.record("template_created", { waba_id: account.id, id: template.id, name, language, category });
  startReview(sim, template);
  return { id: template.id, status: template.status, category: template.category };
}

function editTemplate(sim: Sim, call: Call, template: Template): Refusal | object {
  const change = parseChange(call.params);
  if (change instanceof Refusal) return change;
  const refused = refuseEdit(template, change.category, sim.clock.now());
  if (refused !== undefined) return refused;
  const format = change.parameter_format ?? template.parameter_format;
  const broken = checkRules(change.components ?? template.components, format);
  if (broken !== undefined) return broken;
  template.components = change.components ?? template.components;
  template.category = change.category ?? template.category;
  template.parameter_format = format;
  template.editedAt.push(sim.clock.now());
  template.status = "PENDING";
  sim.ledger.record("template_edited", { waba_id: template.accountId, id: template.id, name: template.name });
  startReview(sim, template);
  return { success: true };
}

function refuseEdit(template: Template, category: Template["category"] | undefined, now: number): Refusal | undefined {
  const refuse = (message: string) => refuseTemplate(2388039, "Message template can't be edited", message);
  if (!["APPROVED", "REJECTED", "PAUSED"].includes(template.status)) {
    return refuse(`A template that is ${template.status} can't be edited.`);
  }
  if (template.status !== "APPROVED") return undefined;
  if (category !== undefined && category !== template.category) {
    return refuse("The category of an approved template can't be changed.");
  }
  const broken = EDIT_LIMITS.find(({ edits, ms }) => template.editedAt.filter((at) => now - at < ms).length >= edits);
  return broken && refuse("An approved template can be edited once in 24 hours and 10 times in 30 days.");
}

function deleteTemplates(sim: Sim, call: Call, account: Account): Refusal | object {
  const { name, hsm_id } = call.params;
  if (typeof name !== "string") return refuseParameter("The parameter name is required.");
  const doomed = templatesOf(sim, account).filter(
    (template) => template.name === name && (typeof hsm_id !== "string" || template.id === hsm_id),
  );
  if (doomed.length === 0) return refuseObject(typeof hsm_id === "string" ? hsm_id : name, "DELETE");
  if (doomed.some(({ status }) => status === "DISABLED")) {
    return refuseTemplate(2388039, "Message template can't be deleted", "A disabled template can't be deleted.");
  }
  for (const { id } of doomed) sim.state.templates.delete(id);
  sim.ledger.record("template_deleted", { waba_id: account.id, name, ids: doomed.map(({ id }) => id) });
  return { success: true };
}

function templatesOf(sim: Sim, account: Account): Template[] {
  return [...sim.state.templates.values()].filter((template) => template.accountId === account.id);
}

function templateNode(template: Template): Record<string, unknown> {
  return {
    id: template.id,
    name: template.name,
    language: template.language,
    status: template.status,
    category: template.category,
    sub_category: undefined,
    parameter_format: template.parameter_format,
    components: template.components,
    rejected_reason: template.rejected_reason ?? "NONE",
    quality_score: { score: template.status === "PAUSED" ? "RED" : "UNKNOWN", date: 1_793_000_000 },
    previous_category: undefined,
    correct_category: undefined,
    message_send_ttl_seconds: undefined,
    library_template_name: undefined,
    cta_url_link_tracking_opted_out: undefined,
  };
}
