import { pageOf } from "../graph/listing.ts";
import { Refusal, refuseCloud, refuseParameter } from "../graph/refusal.ts";
import type { Call } from "../graph/route.ts";
import type { Sim } from "../sim.ts";
import type { Account } from "../state.ts";
import type { Template, TemplateButton, TemplateComponent } from "./model.ts";
import { brokenRule } from "./broken-rule.ts";
import { checkButtons } from "./button-rules.ts";
import { addTemplate, countCreation, refuseName } from "./catalogue.ts";
import { parseLibraryRequest } from "./definition.ts";
import type { LibraryRequest } from "./definition.ts";
import { READY_MADE } from "./ready-made.ts";
import type { ReadyMade } from "./ready-made.ts";
import { tellStatus } from "./review.ts";

const FIELDS = ["name", "language", "category", "topic", "usecase", "industry", "header", "body", "body_params"];
const DEFAULTS = [...FIELDS, "body_param_types", "buttons"];

/** `GET /message_template_library`: Meta's templates by words, topic, use, industry and language. */
export function browseReadyMade(call: Call): Refusal | object {
  const { search, name, topic, usecase, industry, language } = call.params;
  const has = (filter: unknown, values: readonly string[]) => typeof filter !== "string" || values.includes(filter);
  const found = READY_MADE.filter(
    (one) =>
      (typeof search !== "string" || `${one.name} ${one.body}`.toLowerCase().includes(search.toLowerCase())) &&
      has(name, [one.name]) &&
      has(topic, [one.topic]) &&
      has(usecase, [one.usecase]) &&
      has(industry, one.industry) &&
      has(language, [one.language]),
  );
  const nodes = found.map((one) => ({ ...one, header: one.header?.text }));
  return pageOf(call, nodes, DEFAULTS);
}

/** Creates a template from the library: the business gives its links and numbers, and it is approved at once. */
export function createFromLibrary(sim: Sim, call: Call, account: Account): Template | Refusal {
  const request = parseLibraryRequest(call.params);
  if (request instanceof Refusal) return request;
  const { library_template_name: source, language } = request;
  const readyMade = READY_MADE.find((one) => one.name === source && one.language === language);
  if (readyMade === undefined) {
    return refuseParameter(`Param library_template_name names no template of the library in ${language}.`);
  }
  if (request.category !== readyMade.category) {
    return refuseParameter(`Param category must be the library template's: ${readyMade.category}.`);
  }
  const refused = refuseName(sim, account, request);
  if (refused !== undefined) return refused;
  const components = componentsOf(readyMade, request);
  if (components instanceof Refusal) return components;
  if (!countCreation(sim, account)) return refuseCloud(80007, "100 templates can be created in an hour");
  const template = addTemplate(sim, account, {
    name: request.name,
    language,
    category: readyMade.category,
    status: "APPROVED",
    parameter_format: "POSITIONAL",
    components,
    library_template_name: source,
  });
  void tellStatus(sim, template, "APPROVED");
  return template;
}

function componentsOf({ header, body, body_params, buttons }: ReadyMade, request: LibraryRequest) {
  const filled = buttonsOf(buttons, request);
  if (filled instanceof Refusal) return filled;
  const components: TemplateComponent[] = [
    ...(header === undefined ? [] : [{ type: "HEADER" as const, ...header }]),
    { type: "BODY", text: body, example: { body_text: [body_params] } },
    { type: "BUTTONS", buttons: filled },
  ];
  return components;
}

/** The buttons with the business's own links and numbers, which are given in the buttons' order. */
function buttonsOf(buttons: ReadyMade["buttons"], request: LibraryRequest): TemplateButton[] | Refusal {
  const inputs = request.library_template_button_inputs ?? [];
  const filled: TemplateButton[] = [];
  for (const [index, { type, text }] of buttons.entries()) {
    if (type === "QUICK_REPLY") {
      filled.push({ type, text });
      continue;
    }
    const input = inputs.find((given, place) => given.type === type && (place === index || inputs.length === 1));
    const url = input?.url;
    const phone = input?.phone_number;
    if (type === "URL" ? url === undefined : phone === undefined) {
      return brokenRule(2388001, `library_template_button_inputs must fill in the button ${index} of type ${type}.`);
    }
    if (url !== undefined) {
      const example = url.url_suffix_example === undefined ? {} : { example: [url.url_suffix_example] };
      filled.push({ type, text, url: url.base_url, ...example });
    } else if (phone !== undefined) {
      filled.push({ type, text, phone_number: phone });
    }
  }
  return checkButtons(filled) ?? filled;
}
