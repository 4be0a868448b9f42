import type {
  ContactCard,
  FreeContent,
  InteractiveAction,
  InteractiveContent,
  ListSection,
} from "./message-content.ts";
import { maxTextLength } from "./message.ts";

/** One thing that Meta would refuse: the field by its path (`buttons.1.title`), the rule, and its figure if it has one. */
export type ContentProblem = {
  readonly field: string;
  readonly rule: "missing" | "too_long" | "too_many" | "too_few" | "not_unique" | "invalid" | "out_of_range";
  readonly limit: string | null;
};

/** Lengths in UTF-16 units and counts, as Meta's pages on each message type state them. */
export const contentLimits = {
  text: maxTextLength,
  caption: 1024,
  fileName: 240,
  contactCards: 257,
  header: 60,
  footer: 60,
  /** Bodies of lists may be longer than those of all other interactive messages. */
  listBody: 4096,
  body: 1024,
  buttons: 3,
  buttonTitle: 20,
  buttonId: 256,
  sections: 10,
  sectionTitle: 24,
  rows: 10,
  rowId: 200,
  rowTitle: 24,
  rowDescription: 72,
  url: 2000,
  products: 30,
} as const;

/** Everything in a content that Meta would refuse, in the order in which a person fills it. Empty when it may leave. */
export function contentProblems(content: FreeContent): ContentProblem[] {
  switch (content.kind) {
    case "text":
      return textual("text", content.text, contentLimits.text);
    case "media":
      return [
        ...(content.fileId === "" ? [missing("file")] : []),
        ...optional("caption", content.caption, contentLimits.caption),
        ...(content.caption !== null && (content.media === "audio" || content.media === "sticker")
          ? [problem("caption", "invalid")]
          : []),
        ...optional("fileName", content.fileName, contentLimits.fileName),
      ];
    case "location":
      return [
        ...range("latitude", content.latitude, 90),
        ...range("longitude", content.longitude, 180),
        // A phone shows the address only under a name.
        ...(isSaid(content.address) && !isSaid(content.name) ? [missing("name")] : []),
      ];
    case "contacts":
      return [
        ...counted("cards", content.cards.length, contentLimits.contactCards),
        ...content.cards.flatMap((card, index) => cardProblems(card, `cards.${index}`)),
      ];
    case "reaction":
      return content.emoji === null || isOneEmoji(content.emoji) ? [] : [problem("emoji", "invalid")];
    case "interactive":
      return interactiveProblems(content);
  }
}

function cardProblems(card: ContactCard, path: string): ContentProblem[] {
  return [
    ...(card.name.trim() === "" ? [missing(`${path}.name`)] : []),
    ...(card.birthday === null || /^\d{4}-\d{2}-\d{2}$/.test(card.birthday)
      ? []
      : [problem(`${path}.birthday`, "invalid")]),
  ];
}

/** One emoji as people see one: joined and skin-toned sequences and flags are a single one. */
export function isOneEmoji(text: string): boolean {
  const [first, ...rest] = new Intl.Segmenter().segment(text);
  return (
    first !== undefined && rest.length === 0 && /\p{Extended_Pictographic}|\p{Regional_Indicator}|\u20E3/u.test(text)
  );
}

function interactiveProblems({ header, body, footer, action }: InteractiveContent): ContentProblem[] {
  const bodyLimit = action.type === "list" ? contentLimits.listBody : contentLimits.body;
  const bodyNeeded = action.type !== "product";
  return [
    ...(header?.type === "text" ? textual("header", header.text, contentLimits.header) : []),
    ...(header !== null && header.type !== "text" && header.fileId === "" ? [missing("header")] : []),
    ...headerProblems(header, action),
    ...(bodyNeeded || body !== "" ? textual("body", body, bodyLimit) : []),
    ...optional("footer", footer, contentLimits.footer),
    // A phone shows nothing under a request.
    ...(footer !== null && isRequest(action) ? [problem("footer", "invalid")] : []),
    ...actionProblems(action),
  ];
}

function isRequest({ type }: InteractiveAction): boolean {
  return type === "location_request" || type === "contact_request";
}

/** Which headers go with which action. */
function headerProblems(header: InteractiveContent["header"], action: InteractiveAction): ContentProblem[] {
  switch (action.type) {
    case "list":
      return header !== null && header.type !== "text" ? [problem("header", "invalid")] : [];
    case "product_list":
      if (header === null) return [missing("header")];
      return header.type === "text" ? [] : [problem("header", "invalid")];
    case "product":
    case "catalog":
    case "location_request":
    case "contact_request":
      return header === null ? [] : [problem("header", "invalid")];
    case "buttons":
    case "link":
    case "flow":
      return [];
  }
}

function actionProblems(action: InteractiveAction): ContentProblem[] {
  switch (action.type) {
    case "buttons":
      return [
        ...counted("buttons", action.buttons.length, contentLimits.buttons),
        ...action.buttons.flatMap(({ id, title }, index) => [
          ...textual(`buttons.${index}.title`, title, contentLimits.buttonTitle),
          ...textual(`buttons.${index}.id`, id, contentLimits.buttonId),
        ]),
        ...repeated(
          "buttons",
          "title",
          action.buttons.map(({ title }) => title),
        ),
        ...repeated(
          "buttons",
          "id",
          action.buttons.map(({ id }) => id),
        ),
      ];
    case "list":
      return [...textual("button", action.button, contentLimits.buttonTitle), ...listProblems(action.sections)];
    case "link":
      return [
        ...textual("button", action.button, contentLimits.buttonTitle),
        ...(isWebAddress(action.url) ? [] : [problem("url", "invalid")]),
        ...optional("url", action.url, contentLimits.url),
      ];
    case "flow":
      return [
        ...textual("button", action.button, contentLimits.buttonTitle),
        // Meta refuses emoji on this button alone.
        ...(/\p{Extended_Pictographic}/u.test(action.button) ? [problem("button", "invalid")] : []),
        ...(action.flowId === "" ? [missing("flowId")] : []),
      ];
    case "product":
      return [
        ...(action.catalogId === "" ? [missing("catalogId")] : []),
        ...(action.productId === "" ? [missing("productId")] : []),
      ];
    case "product_list":
      return [
        ...(action.catalogId === "" ? [missing("catalogId")] : []),
        ...counted("sections", action.sections.length, contentLimits.sections),
        ...action.sections.flatMap(({ title, productIds }, index) => [
          ...textual(`sections.${index}.title`, title, contentLimits.sectionTitle),
          ...(productIds.length === 0 ? [problem(`sections.${index}.products`, "too_few", 1)] : []),
        ]),
        ...counted("products", action.sections.flatMap(({ productIds }) => productIds).length, contentLimits.products),
      ];
    case "location_request":
    case "contact_request":
    case "catalog":
      return [];
  }
}

function listProblems(sections: readonly ListSection[]): ContentProblem[] {
  const rows = sections.flatMap((section) => section.rows);
  return [
    ...counted("sections", sections.length, contentLimits.sections),
    // Ten rows in the whole list, not per section.
    ...counted("rows", rows.length, contentLimits.rows),
    ...sections.flatMap((section, place) => [
      ...(section.title === null
        ? sections.length > 1
          ? [missing(`sections.${place}.title`)]
          : []
        : textual(`sections.${place}.title`, section.title, contentLimits.sectionTitle)),
      ...(section.rows.length === 0 ? [problem(`sections.${place}.rows`, "too_few", 1)] : []),
      ...section.rows.flatMap((row, index) => [
        ...textual(`sections.${place}.rows.${index}.title`, row.title, contentLimits.rowTitle),
        ...textual(`sections.${place}.rows.${index}.id`, row.id, contentLimits.rowId),
        ...optional(`sections.${place}.rows.${index}.description`, row.description, contentLimits.rowDescription),
      ]),
    ]),
    ...repeated(
      "rows",
      "id",
      rows.map(({ id }) => id),
    ),
  ];
}

function problem(field: string, rule: ContentProblem["rule"], limit: number | null = null): ContentProblem {
  return { field, rule, limit: limit === null ? null : String(limit) };
}

function missing(field: string): ContentProblem {
  return problem(field, "missing");
}

function isSaid(text: string | null): boolean {
  return text !== null && text.trim() !== "";
}

function textual(field: string, text: string, limit: number): ContentProblem[] {
  return isSaid(text) ? optional(field, text, limit) : [missing(field)];
}

function optional(field: string, text: string | null, limit: number): ContentProblem[] {
  return text !== null && text.length > limit ? [problem(field, "too_long", limit)] : [];
}

function counted(field: string, count: number, limit: number): ContentProblem[] {
  if (count === 0) return [problem(field, "too_few", 1)];
  return count > limit ? [problem(field, "too_many", limit)] : [];
}

function range(field: string, value: number, limit: number): ContentProblem[] {
  return Math.abs(value) <= limit ? [] : [problem(field, "out_of_range", limit)];
}

function repeated(list: string, field: string, values: readonly string[]): ContentProblem[] {
  return values.flatMap((value, index) =>
    values.indexOf(value) < index ? [problem(`${list}.${index}.${field}`, "not_unique")] : [],
  );
}

function isWebAddress(text: string): boolean {
  return /^https?:\/\/[^\s/?#]+([/?#]\S*)?$/i.test(text);
}
