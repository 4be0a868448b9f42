/** A message template as Meta describes it (message_templates edge), reduced to what sending and showing need. */
export const templateStatuses = [
  "APPROVED",
  "PENDING",
  "REJECTED",
  "PAUSED",
  "DISABLED",
  "IN_APPEAL",
  "PENDING_DELETION",
  "DELETED",
  "LIMIT_EXCEEDED",
  "ARCHIVED",
] as const;
export type TemplateStatus = (typeof templateStatuses)[number];

export const templateCategories = ["MARKETING", "UTILITY", "AUTHENTICATION"] as const;
export type TemplateCategory = (typeof templateCategories)[number];

export type TemplateButton =
  | { readonly type: "quick_reply"; readonly text: string }
  | { readonly type: "url"; readonly text: string; readonly url: string }
  | { readonly type: "phone_number"; readonly text: string; readonly phone: string }
  | { readonly type: "copy_code"; readonly text: string }
  | { readonly type: "other"; readonly text: string; readonly wire: string };

export type TemplateShape = {
  /** Text of a text header; null without one or with a media header. */
  readonly header: string | null;
  /** Kind of a media header, in Meta's words. */
  readonly headerMedia: "IMAGE" | "VIDEO" | "DOCUMENT" | "LOCATION" | null;
  readonly body: string;
  readonly footer: string | null;
  readonly buttons: readonly TemplateButton[];
  readonly parameterFormat: "NAMED" | "POSITIONAL";
  /** Sample values given for review, by variable key. */
  readonly examples: Readonly<Record<string, string>>;
};

export type TemplateView = {
  readonly id: string;
  readonly name: string;
  readonly language: string;
  readonly category: TemplateCategory;
  readonly status: TemplateStatus;
  readonly rejectedReason: string | null;
  readonly shape: TemplateShape;
};

export type VariablePlace = "header" | "body" | "button";

/** One hole in a template. `key` is unique in the template: `body.first_name`, `header.1`, `button0.1`. */
export type TemplateVariable = {
  readonly key: string;
  readonly place: VariablePlace;
  readonly name: string;
  /** Index of the button that holds it; null elsewhere. */
  readonly button: number | null;
  readonly example: string | null;
};

/** What will be seen on the phone. */
export type Bubble = {
  readonly header: string | null;
  readonly headerMedia: TemplateShape["headerMedia"];
  readonly body: string;
  readonly footer: string | null;
  readonly buttons: readonly { readonly text: string; readonly url: string | null }[];
};

/** A piece of a bubble while it is being composed: fixed words, a filled value, or a hole. */
export type BubblePart =
  | { readonly kind: "words"; readonly text: string }
  | { readonly kind: "value"; readonly text: string; readonly key: string }
  | { readonly kind: "missing"; readonly name: string; readonly key: string };

const variablePattern = /\{\{\s*([a-z0-9_]+)\s*\}\}/g;

/** Every variable of a template in reading order: header, body, buttons; each once per place. */
export function templateVariables(shape: TemplateShape): TemplateVariable[] {
  const found = new Map<string, TemplateVariable>();
  const collect = (text: string, place: VariablePlace, button: number | null): void => {
    for (const match of text.matchAll(variablePattern)) {
      const name = match[1] ?? "";
      const key = variableKey(place, name, button);
      if (!found.has(key)) found.set(key, { key, place, name, button, example: shape.examples[key] ?? null });
    }
  };
  if (shape.header) collect(shape.header, "header", null);
  collect(shape.body, "body", null);
  for (const [index, button] of shape.buttons.entries()) {
    if (button.type === "url") collect(button.url, "button", index);
    if (button.type === "copy_code") {
      const key = variableKey("button", "code", index);
      found.set(key, { key, place: "button", name: "code", button: index, example: shape.examples[key] ?? null });
    }
  }
  return [...found.values()];
}

export function variableKey(place: VariablePlace, name: string, button: number | null): string {
  return place === "button" ? `button${button ?? 0}.${name}` : `${place}.${name}`;
}

/** Splits one text of a template into words, values and holes. An empty value counts as missing. */
export function bubbleParts(
  text: string,
  place: VariablePlace,
  values: Readonly<Record<string, string>>,
  button: number | null = null,
): BubblePart[] {
  const parts: BubblePart[] = [];
  let end = 0;
  for (const match of text.matchAll(variablePattern)) {
    if (match.index > end) parts.push({ kind: "words", text: text.slice(end, match.index) });
    const name = match[1] ?? "";
    const key = variableKey(place, name, button);
    const value = values[key] ?? "";
    parts.push(value === "" ? { kind: "missing", name, key } : { kind: "value", text: value, key });
    end = match.index + match[0].length;
  }
  if (end < text.length) parts.push({ kind: "words", text: text.slice(end) });
  return parts;
}

function fill(
  text: string,
  place: VariablePlace,
  values: Readonly<Record<string, string>>,
  button: number | null = null,
) {
  return bubbleParts(text, place, values, button)
    .map((part) => (part.kind === "missing" ? `{{${part.name}}}` : part.text))
    .join("");
}

/** The bubble exactly as it will leave. Call it with complete values: a hole keeps its braces. */
export function renderTemplate(shape: TemplateShape, values: Readonly<Record<string, string>>): Bubble {
  return {
    header: shape.header === null ? null : fill(shape.header, "header", values),
    headerMedia: shape.headerMedia,
    body: fill(shape.body, "body", values),
    footer: shape.footer,
    buttons: shape.buttons.map((button, index) => ({
      text: button.text,
      url: button.type === "url" ? fill(button.url, "button", values, index) : null,
    })),
  };
}

export type ValueProblem = { readonly key: string; readonly name: string; readonly rule: "missing" | "whitespace" };

/**
 * Checks values before the wire. Meta refuses a parameter with a new line, a tab or more than four spaces in a row
 * (error 132018: "Param text cannot have new-line/tab characters or more than 4 consecutive spaces").
 */
export function valueProblems(shape: TemplateShape, values: Readonly<Record<string, string>>): ValueProblem[] {
  return templateVariables(shape).flatMap(({ key, name }): ValueProblem[] => {
    const value = values[key] ?? "";
    if (value.trim() === "") return [{ key, name, rule: "missing" }];
    if (/[\n\r\t]| {5,}/.test(value)) return [{ key, name, rule: "whitespace" }];
    return [];
  });
}
