import type { TemplateButton } from "@aparte/core/template.ts";
import { z } from "zod";
import { codeButton } from "./template-components.ts";
import { detail, idText, upperCase } from "./wire.ts";

const wireButton = z.object({
  type: upperCase,
  text: detail(z.string()),
  url: detail(z.string()),
  phone_number: detail(idText),
  // A list in most answers, a bare text for the code of a copy-code button.
  example: detail(z.union([z.string(), z.array(z.string()).transform((list) => list[0] ?? null)])),
});

/** Buttons that core does not name and that a send fills by itself, or says nothing about. */
const fillingThemselves: ReadonlySet<string> = new Set([codeButton, "CATALOG", "VOICE_CALL", "REQUEST_CONTACT_INFO"]);

export type ReadButton = {
  readonly button: TemplateButton;
  /** Sample value of the button's variable, under the variable's name; null when it has none. */
  readonly example: { readonly name: string; readonly value: string } | null;
  /** True when a send must fill it in a way that is not known here. */
  readonly unsupported: boolean;
};

/** Reads one button of a template as Meta lists it. A kind that is not known keeps its wire name. */
export function readButton(wire: unknown): ReadButton {
  const parsed = wireButton.safeParse(wire);
  if (!parsed.success) return other("UNREADABLE", "");
  const { type, url, phone_number: phone, example } = parsed.data;
  const text = parsed.data.text ?? "";
  if (type === "FLOW") return plain({ type: "flow", text });
  if (type === "QUICK_REPLY") return plain({ type: "quick_reply", text });
  if (type === "PHONE_NUMBER" && phone !== null) return plain({ type: "phone_number", text, phone });
  if (type === "URL" && url !== null)
    return { ...plain({ type: "url", text, url }), example: urlExample(url, example) };
  if (type === "COPY_CODE") {
    return {
      ...plain({ type: "copy_code", text }),
      example: example === null ? null : { name: "code", value: example },
    };
  }
  return other(type, text);
}

function plain(button: TemplateButton): ReadButton {
  return { button, example: null, unsupported: false };
}

function other(wire: string, text: string): ReadButton {
  return { button: { type: "other", text, wire }, example: null, unsupported: !fillingThemselves.has(wire) };
}

/** Meta's sample of a URL button is the whole address; the variable is what stands behind the fixed part. */
function urlExample(url: string, example: string | null): ReadButton["example"] {
  const variable = /^(.*)\{\{\s*([a-z0-9_]+)\s*\}\}/.exec(url);
  if (!variable || example === null) return null;
  const [, fixed = "", name = ""] = variable;
  return { name, value: example.startsWith(fixed) ? example.slice(fixed.length) : example };
}
