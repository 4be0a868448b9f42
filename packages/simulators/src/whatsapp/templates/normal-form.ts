import { Refusal } from "../graph/refusal.ts";
import { newObjectId } from "../identifiers.ts";
import { flowErrors, screensOf } from "../flows/model.ts";
import type { Flow } from "../flows/model.ts";
import { isPublished, publish } from "../media/public-files.ts";
import type { Sim } from "../sim.ts";
import { authenticationComponents } from "./authentication.ts";
import { brokenRule, missingExample } from "./broken-rule.ts";
import type { RawButton, RawComponent } from "./component-schema.ts";
import type { TemplateButton, TemplateCategory, TemplateComponent } from "./model.ts";
import { fitsHeader, sampleOf } from "./samples-of-media.ts";

/** For whom components are brought into their stored form. `flows` collects the flows that the template brings along. */
export type Author = {
  sim: Sim;
  appId: string;
  accountId: string;
  language: string;
  category: TemplateCategory;
  flows: Flow[];
};

/** Texts of buttons that have one of Meta's when they are given none. */
const OWN_TEXTS: Partial<Record<RawButton["type"], string>> = {
  COPY_CODE: "Copy offer code",
  CATALOG: "View catalog",
  MPM: "View items",
  SPM: "View",
  VOICE_CALL: "Call now",
  REQUEST_CONTACT_INFO: "Share contact info",
  ORDER_DETAILS: "Review and pay",
};

/**
 * The components as Meta stores and lists them: types in capitals, examples of files as links, a code message in
 * Meta's words, flows by their id. Refuses what has not the parts that its type needs.
 */
export function normalForm(raw: RawComponent[], author: Author): TemplateComponent[] | Refusal {
  const types = raw.map(({ type }) => type);
  if (new Set(types).size < types.length) return refuseShape("A component can be given only once.");
  if (author.category === "AUTHENTICATION") return authenticationComponents(raw, author.language);
  return all(raw, (part) => storedComponent(part, author));
}

function storedComponent(part: RawComponent, author: Author): TemplateComponent | Refusal {
  const { type, text, example, buttons, cards, limited_time_offer } = part;
  const withExample = example === undefined ? {} : { example };
  switch (type) {
    case "HEADER":
      return storedHeader(part, author);
    case "BODY":
      return text === undefined ? missing(type, "text") : { type, text, ...withExample };
    case "FOOTER":
      return text === undefined ? missing(type, "text") : { type, text };
    case "BUTTONS": {
      if (buttons === undefined || buttons.length === 0) return missing(type, "buttons");
      const stored = all(buttons, (button) => storedButton(button, author));
      return stored instanceof Refusal ? stored : { type, buttons: stored };
    }
    case "LIMITED_TIME_OFFER":
      return limited_time_offer === undefined ? missing(type, "limited_time_offer") : { type, limited_time_offer };
    case "CAROUSEL": {
      if (cards === undefined) return missing(type, "cards");
      const stored = all(cards, ({ components }) => {
        const inside = all(components, (component) => storedComponent(component, author));
        return inside instanceof Refusal ? inside : { components: inside };
      });
      return stored instanceof Refusal ? stored : { type, cards: stored };
    }
    case "CALL_PERMISSION_REQUEST":
      return { type };
  }
}

function storedHeader({ format, text, example }: RawComponent, author: Author): TemplateComponent | Refusal {
  const type = "HEADER";
  if (format === undefined) return missing(type, "format");
  if (format === "LOCATION" || format === "PRODUCT") return { type, format };
  if (format === "TEXT") {
    return { type, format, ...(text === undefined ? {} : { text }), ...(example === undefined ? {} : { example }) };
  }
  const handles = example?.header_handle;
  const handle: unknown = Array.isArray(handles) && handles.length === 1 ? handles[0] : undefined;
  if (typeof handle !== "string") return missingExample(type);
  const { sim, appId } = author;
  if (isPublished(sim, handle)) return { type, format, example: { header_handle: [handle] } };
  const sample = sampleOf(sim.state, appId, handle);
  if (!fitsHeader(sample, handle, format)) {
    return brokenRule(2388047, `The header_handle is not the handle of an uploaded ${format.toLowerCase()}.`);
  }
  const link = sample === "elsewhere" || sample === undefined ? handle : publish(sim, sample);
  return { type, format, example: { header_handle: [link] } };
}

function storedButton(button: RawButton, author: Author): TemplateButton | Refusal {
  const { type, text = OWN_TEXTS[button.type] ?? "" } = button;
  if (type === "OTP") return refuseShape("A button of type OTP is for authentication templates.");
  if (type === "FLOW") return flowButton(button, text, author);
  const { url, phone_number, example, ttl_minutes } = button;
  const examples = typeof example === "string" ? [example] : example;
  const given = Object.entries({ url, phone_number, example: examples, ttl_minutes });
  return { type, text, ...Object.fromEntries(given.filter(([, value]) => value !== undefined)) };
}

/** A button that opens a flow, named by its id, its name or its JSON; the JSON makes a new flow that is published. */
function flowButton(button: RawButton, text: string, author: Author): TemplateButton | Refusal {
  const ways = [button.flow_id, button.flow_name, button.flow_json].filter((way) => way !== undefined);
  if (ways.length !== 1) return refuseShape("A flow button needs one of flow_id, flow_name and flow_json.");
  const flow = button.flow_json === undefined ? knownFlow(button, author) : newFlow(button.flow_json, text, author);
  if (flow instanceof Refusal) return flow;
  const { flow_action: action = "navigate", navigate_screen: wanted } = button;
  const screens = screensOf(flow);
  const screen = wanted ?? screens[0];
  if (action === "navigate" && (screen === undefined || !screens.includes(screen))) {
    return refuseShape("navigate_screen is not a screen of the flow.");
  }
  const target = action === "navigate" && screen !== undefined ? { navigate_screen: screen } : {};
  return { type: "FLOW", text, flow_id: flow.id, flow_action: action, ...target };
}

function knownFlow({ flow_id, flow_name }: RawButton, { sim, accountId }: Author): Flow | Refusal {
  const own = [...sim.state.flows.values()].filter((flow) => flow.accountId === accountId);
  const flow = own.find(({ id, name }) => id === flow_id || name === flow_name);
  if (flow === undefined) return refuseShape("The flow does not exist in this WhatsApp Business account.");
  return flow.status === "DRAFT" || flow.status === "PUBLISHED"
    ? flow
    : refuseShape(`The flow is ${flow.status} and can't be used.`);
}

function newFlow(json: string, name: string, { sim, accountId, flows }: Author): Flow | Refusal {
  const [error] = flowErrors(json);
  if (error !== undefined) return refuseShape(`The flow_json can't be used: ${error.message}`);
  const flow: Flow = {
    id: newObjectId(),
    accountId,
    name,
    categories: ["OTHER"],
    status: "PUBLISHED",
    json,
    errors: [],
    endpointUri: undefined,
    updatedAt: sim.clock.now(),
  };
  flows.push(flow);
  return flow;
}

/** Every item in its new form, or the first refusal. */
function all<A, B>(items: readonly A[], change: (item: A) => B | Refusal): B[] | Refusal {
  const changed: B[] = [];
  for (const item of items) {
    const one = change(item);
    if (one instanceof Refusal) return one;
    changed.push(one);
  }
  return changed;
}

function missing(type: string, field: string): Refusal {
  if (type === "BODY" && field === "text") return brokenRule(2388072, "A body needs a text.");
  return brokenRule(2388043, `component of type ${type} is missing expected field(s) (${field})`);
}

function refuseShape(message: string): Refusal {
  return brokenRule(2388001, message);
}
