import type { Message } from "../messages/message.ts";
import { parseTemplateRequest } from "../messages/template-request.ts";
import { textValues } from "../messages/template-texts.ts";
import { Refusal } from "../graph/refusal.ts";
import type { Template } from "../state.ts";
import { buttonsOf, componentOf, fillIn } from "../templates/variables.ts";

/** A button under a bubble: `reply` answers with its payload, the others only show what they would do. */
export type BubbleButton = { kind: "reply" | "url" | "call" | "copy"; text: string; payload?: string; target?: string };

/** A message as the customer's phone shows it. */
export type Bubble = {
  id: string;
  fromMe: boolean;
  at: string;
  status: Message["status"];
  /** A line above the text: a template's header, or the kind of an attachment. */
  header?: { kind: "text" | "attachment"; text: string };
  body: string;
  footer?: string;
  buttons: BubbleButton[];
  /** Whether it was made from a template: a tap on its quick reply is then a `button`, else a `button_reply`. */
  template: boolean;
  /** The message answered to. */
  quotes?: string;
};

type Content = Pick<Bubble, "body" | "header" | "footer" | "buttons">;

/** How a message looks on the phone; undefined for one that has not got there or never will. */
export function bubbleOf(message: Message): Bubble | undefined {
  const fromMe = message.direction === "inbound";
  if (!fromMe && message.status !== "delivered" && message.status !== "read") return undefined;
  const quotes = field(field(message.body, "context"), fromMe ? "id" : "message_id");
  return {
    id: message.wamid,
    fromMe,
    at: new Date(message.at).toISOString(),
    status: message.status,
    ...contentOf(message),
    template: message.outbound?.template !== undefined,
    ...(typeof quotes === "string" ? { quotes } : {}),
  };
}

function contentOf({ type, body, outbound }: Message): Content {
  const content = body[type];
  const template = outbound?.template;
  if (template !== undefined) return templateContent(template, content);
  if (type === "text") return { body: words(field(content, "body")), buttons: [] };
  if (type === "button") return { body: words(field(content, "text")), buttons: [] };
  if (type === "interactive") return interactiveContent(content);
  if (type === "reaction") return { body: words(field(content, "emoji")), buttons: [] };
  return {
    header: { kind: "attachment", text: type },
    body: words(field(content, "caption")) || words(field(content, "filename")) || words(field(content, "name")),
    buttons: [],
  };
}

function interactiveContent(content: unknown): Content {
  const chosen = field(content, "button_reply") ?? field(content, "list_reply");
  if (chosen !== undefined) return { body: words(field(chosen, "title")), buttons: [] };
  const action = field(content, "action");
  const replies = field(action, "buttons");
  const header = words(field(field(content, "header"), "text"));
  const footer = words(field(field(content, "footer"), "text"));
  return {
    ...(header === "" ? {} : { header: { kind: "text", text: header } }),
    body: words(field(field(content, "body"), "text")),
    ...(footer === "" ? {} : { footer }),
    buttons: [
      ...(Array.isArray(replies) ? replies : []).map((button: unknown) => {
        const reply = field(button, "reply");
        return { kind: "reply" as const, text: words(field(reply, "title")), payload: words(field(reply, "id")) };
      }),
      ...urlButton(field(action, "parameters")),
    ],
  };
}

function urlButton(parameters: unknown): BubbleButton[] {
  const [text, target] = [words(field(parameters, "display_text")), words(field(parameters, "url"))];
  return text === "" ? [] : [{ kind: "url", text, target }];
}

function templateContent(template: Template, content: unknown): Content {
  const request = parseTemplateRequest(content);
  if (request instanceof Refusal) return { body: "", buttons: [] };
  const { parameter_format: format } = template;
  const parametersOf = (type: "header" | "body" | "button", index?: number) =>
    request.components?.find((part) => part.type === type && (index === undefined || (part.index ?? 0) === index))
      ?.parameters ?? [];
  const fill = (text: string, type: "header" | "body") => fillIn(text, textValues(text, parametersOf(type), format));
  const header = componentOf(template, "HEADER");
  const footer = componentOf(template, "FOOTER");
  return {
    ...(header === undefined ? {} : { header: headerView(header.format, fill(header.text ?? "", "header")) }),
    body: fill(componentOf(template, "BODY")?.text ?? "", "body"),
    ...(footer === undefined ? {} : { footer: footer.text }),
    buttons: buttonsOf(template).map((button, index) => {
      const [parameter] = parametersOf("button", index);
      if (button.type === "QUICK_REPLY") {
        return { kind: "reply", text: button.text, payload: parameter?.payload ?? button.text };
      }
      if (button.type === "URL") {
        return { kind: "url", text: button.text, target: fillIn(button.url ?? "", { 1: parameter?.text ?? "" }) };
      }
      if (button.type === "COPY_CODE") return { kind: "copy", text: button.text, target: parameter?.coupon_code ?? "" };
      return { kind: "call", text: button.text, target: button.phone_number ?? "" };
    }),
  };
}

function headerView(format: string, text: string): NonNullable<Bubble["header"]> {
  return format === "TEXT" ? { kind: "text", text } : { kind: "attachment", text: format.toLowerCase() };
}

function field(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null
    ? Object.entries(value).find(([key]) => key === name)?.[1]
    : undefined;
}

function words(value: unknown): string {
  return typeof value === "string" ? value : "";
}
