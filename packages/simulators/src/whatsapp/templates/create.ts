import { Refusal, refuseCloud } from "../graph/refusal.ts";
import type { Call } from "../graph/route.ts";
import type { Sim } from "../sim.ts";
import type { Account } from "../state.ts";
import type { Template, TemplateSeed } from "./model.ts";
import { addTemplate, countCreation, refuseName } from "./catalogue.ts";
import { parseDefinition } from "./definition.ts";
import type { TemplateChange, TemplateDefinition } from "./definition.ts";
import { normalForm } from "./normal-form.ts";
import type { Author } from "./normal-form.ts";
import { createFromLibrary } from "./ready-made-create.ts";
import { startReview } from "./review.ts";
import { checkLife, checkRules } from "./rules.ts";

/** `POST /{WABA}/message_templates`: the template waits for review, or is approved at once when it is Meta's own. */
export function createTemplate(sim: Sim, call: Call, account: Account): Refusal | object {
  if (call.params.library_template_name !== undefined) {
    const created = createFromLibrary(sim, call, account);
    return created instanceof Refusal ? created : answerOf(created);
  }
  const definition = parseDefinition(call.params);
  if (definition instanceof Refusal) return definition;
  const refused = refuseName(sim, account, definition);
  if (refused !== undefined) return refused;
  const created = submit(sim, call, account, definition);
  return created instanceof Refusal ? created : answerOf(created);
}

/** Adds a template that keeps the rules and puts it under review. */
export function submit(sim: Sim, call: Call, account: Account, definition: TemplateDefinition): Template | Refusal {
  const { name, language, category, parameter_format } = definition;
  const author: Author = { sim, appId: call.caller.app.id, accountId: account.id, language, category, flows: [] };
  const components = normalForm(definition.components, author);
  if (components instanceof Refusal) return components;
  const refused =
    checkRules({ components, parameter_format, category }) ?? checkLife(category, definition.message_send_ttl_seconds);
  if (refused !== undefined) return refused;
  if (!countCreation(sim, account)) return refuseCloud(80007, "100 templates can be created in an hour");
  for (const flow of author.flows) sim.state.flows.set(flow.id, flow);
  const template = addTemplate(sim, account, {
    name,
    language,
    category,
    status: "PENDING",
    parameter_format,
    components,
    ...optionsOf(definition),
  });
  startReview(sim, template);
  return template;
}

type Options = Pick<TemplateChange, "message_send_ttl_seconds" | "cta_url_link_tracking_opted_out" | "sub_category">;

/** The settings of a template that a creation or an edit brings beside its content. */
export function optionsOf(
  given: Options,
): Pick<TemplateSeed, "message_send_ttl_seconds" | "cta_url_link_tracking_opted_out" | "sub_category"> {
  const { message_send_ttl_seconds: life, cta_url_link_tracking_opted_out: optedOut, sub_category } = given;
  return {
    ...(life === undefined ? {} : { message_send_ttl_seconds: life }),
    ...(optedOut === undefined ? {} : { cta_url_link_tracking_opted_out: optedOut }),
    ...(sub_category === undefined ? {} : { sub_category }),
  };
}

function answerOf({ id, status, category }: Template): object {
  return { id, status, category };
}
