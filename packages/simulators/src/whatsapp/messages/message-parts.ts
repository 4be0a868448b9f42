import { Refusal, refuseCloud, refuseParameter } from "../graph/refusal.ts";
import type { Sim } from "../sim.ts";
import type { BusinessNumber } from "../state.ts";
import type { Template } from "../templates/model.ts";
import { checkContent } from "./content.ts";
import { checkFlow } from "./flow-check.ts";
import { checkSources, mediaSourcesOf } from "./media-sources.ts";
import type { MediaSource } from "./media-sources.ts";
import { MESSAGE_TYPES } from "./request.ts";
import type { MessageType, SendRequest } from "./request.ts";
import { checkTemplateParameters, findTemplate } from "./template-check.ts";
import { parseTemplateRequest } from "./template-request.ts";

/** What a message is: its kind, the template meant, the files shown. */
export type MessageParts = { type: MessageType; template: Template | undefined; sources: MediaSource[] };

/** Checks the object that the type of a message asks for, and everything that it names. */
export function readParts(sim: Sim, number: BusinessNumber, request: SendRequest): MessageParts | Refusal {
  const { type } = request;
  if (!isMessageType(type)) {
    return refuseParameter(`Param type must be one of {${MESSAGE_TYPES.join(", ").toUpperCase()}} - got "${type}".`);
  }
  if (request.direct_send_config !== undefined) return refuseParameter("Direct send is not enabled for this account.");
  const content = request[type];
  if (content === undefined) return refuseCloud(131008, `Parameter '${type}' is missing for message type '${type}'`);
  if (type === "reaction" && request.context !== undefined) {
    return refuseCloud(131009, "A reaction names its message in reaction, not in context");
  }
  const template =
    type === "template" ? readTemplate(sim, number, content) : checkContent(type, content, sim.unknownKeys);
  if (template instanceof Refusal) return template;
  const sources = mediaSourcesOf(type, content);
  const refused =
    checkSources(sim, number, sources) ??
    (type === "interactive" ? checkFlow(sim.state, number.accountId, content) : undefined);
  return refused ?? { type, template, sources };
}

function readTemplate(sim: Sim, number: BusinessNumber, content: unknown): Template | Refusal {
  const wanted = parseTemplateRequest(content, sim.unknownKeys);
  if (wanted instanceof Refusal) return wanted;
  const template = findTemplate(sim.state, number.accountId, wanted);
  if (template instanceof Refusal) return template;
  return checkTemplateParameters(template, wanted, sim.clock.now()) ?? template;
}

function isMessageType(type: string): type is MessageType {
  return MESSAGE_TYPES.some((known) => known === type);
}
