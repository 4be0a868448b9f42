import type { FormAnswer, MessageContent } from "@aparte/core/message-content.ts";
import { z } from "zod";
import { readJson } from "./json.ts";
import { detail, unixTime } from "./wire.ts";

const choice = z.object({ id: z.string(), title: z.string(), description: detail(z.string()) });
const interactive = z.discriminatedUnion("type", [
  z.object({ type: z.literal("button_reply"), button_reply: choice }),
  z.object({ type: z.literal("list_reply"), list_reply: choice }),
  z.object({
    type: z.literal("nfm_reply"),
    nfm_reply: z.object({ body: detail(z.string()), response_json: z.string() }),
  }),
  z.object({
    type: z.literal("call_permission_reply"),
    call_permission_reply: z.object({
      response: z.enum(["accept", "reject"]),
      expiration_timestamp: detail(unixTime),
      is_permanent: detail(z.boolean()),
    }),
  }),
]);

const tap = z.object({ text: z.string(), payload: detail(z.string()) });

/** A tap on a quick reply of a template; null when it cannot be read. Without a payload Meta repeats the label. */
export function readButtonTap(wire: unknown): MessageContent | null {
  const parsed = tap.safeParse(wire);
  if (!parsed.success) return null;
  const { text, payload } = parsed.data;
  return { kind: "button_reply", text, payload: payload ?? text, description: null };
}

/** An answer to an interactive message of ours. A kind that is not known here is one for the phone. */
export function readInteractive(wire: unknown): MessageContent | null {
  const parsed = interactive.safeParse(wire);
  if (!parsed.success) return { kind: "other", type: "interactive", caption: null };
  const reply = parsed.data;
  switch (reply.type) {
    case "button_reply":
      return choiceContent(reply.button_reply);
    case "list_reply":
      return choiceContent(reply.list_reply);
    case "nfm_reply": {
      const { body, response_json } = reply.nfm_reply;
      return { kind: "form_reply", text: body ?? "", answers: readAnswers(response_json) };
    }
    case "call_permission_reply": {
      const { response, expiration_timestamp, is_permanent } = reply.call_permission_reply;
      const granted = response === "accept";
      return { kind: "call_permission", granted, until: granted && !is_permanent ? expiration_timestamp : null };
    }
  }
}

function choiceContent({ id, title, description }: z.infer<typeof choice>): MessageContent {
  return { kind: "button_reply", text: title, payload: id, description };
}

const record = z.record(z.string(), z.unknown());

/**
 * The answers of a form: a flow's fields, or those of an address under `values`. Meta sends them as JSON inside a text; a
 * text that is none is kept as one answer.
 */
function readAnswers(responseJson: string): FormAnswer[] {
  const fields = record.safeParse(readJson(responseJson).value);
  if (!fields.success) return [{ name: "response_json", value: responseJson }];
  // The token only says which of our forms it was.
  const { flow_token: _token, values, ...others } = fields.data;
  const inside = record.safeParse(values);
  const all = [...Object.entries(others), ...(inside.success ? Object.entries(inside.data) : [["values", values]])];
  return all.flatMap(([name, value]) =>
    value === undefined || value === null ? [] : [{ name: String(name), value: spoken(value) }],
  );
}

function spoken(value: unknown): string {
  if (typeof value === "string") return value;
  if (Array.isArray(value)) return value.map(spoken).join(", ");
  return JSON.stringify(value);
}
