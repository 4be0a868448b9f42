import { spot, variableKey } from "@aparte/core/template-variables.ts";
import {
  headerMediaKinds,
  type TemplateButton,
  type TemplateCard,
  type TemplateCategory,
  type TemplateShape,
} from "@aparte/core/template.ts";
import { z } from "zod";
import { readButton, type ReadButton } from "./template-button.ts";
import { codeButton } from "./template-components.ts";
import { readExamples } from "./template-examples.ts";
import { detail, upperCase } from "./wire.ts";

const component = z.object({
  type: upperCase,
  format: detail(upperCase),
  text: detail(z.string()),
  buttons: detail(z.array(z.unknown())),
  example: z.unknown().optional(),
  limited_time_offer: detail(z.object({ text: z.string(), has_expiration: detail(z.boolean()) })),
  cards: detail(z.array(z.object({ components: z.array(z.unknown()) }))),
});
type Component = z.infer<typeof component>;

/** What the components of a template come to; `unsupported` names the parts that a send cannot fill. */
export type TemplateParts = { readonly shape: TemplateShape; readonly unsupported: readonly string[] };

export type TemplateNature = Pick<TemplateShape, "parameterFormat"> & { readonly category: TemplateCategory };

const knownComponents: ReadonlySet<string> = new Set([
  "HEADER",
  "BODY",
  "FOOTER",
  "BUTTONS",
  "LIMITED_TIME_OFFER",
  "CAROUSEL",
]);

/** Reads the components of a template. One that cannot be read is named in `unsupported` and costs nothing else. */
export function readParts(
  components: readonly unknown[],
  { category, parameterFormat }: TemplateNature,
): TemplateParts {
  const parts = components.map(readComponent);
  const partOf = (type: string) => parts.find((part) => part.type === type);
  const own = readSide(parts, null, category);
  const offer = partOf("LIMITED_TIME_OFFER");
  const carousel = partOf("CAROUSEL");
  const cards = (carousel?.cards ?? []).map((card, index) =>
    readSide(card.components.map(readComponent), index, category),
  );
  return {
    shape: {
      header: own.header,
      headerMedia: headerMediaKinds.find((kind) => kind === own.format) ?? null,
      offer: offer?.limited_time_offer
        ? { text: offer.limited_time_offer.text, expires: offer.limited_time_offer.has_expiration ?? false }
        : null,
      body: own.body ?? "",
      footer: partOf("FOOTER")?.text ?? null,
      buttons: own.buttons,
      cards: cards.map(({ format, body, buttons }): TemplateCard => {
        const headerMedia = format === "VIDEO" ? format : "IMAGE";
        return { headerMedia, body, buttons };
      }),
      parameterFormat,
      examples: Object.assign({}, own.examples, ...cards.map(({ examples }) => examples)),
    },
    unsupported: [
      ...parts.filter(({ type }) => !knownComponents.has(type)).map(({ type }) => type),
      ...own.unsupported.header,
      ...(own.body ? [] : ["BODY"]),
      ...own.unsupported.buttons,
      ...(offer && !offer.limited_time_offer ? ["LIMITED_TIME_OFFER"] : []),
      ...(carousel && cards.length === 0 ? ["CAROUSEL"] : []),
      ...new Set(cards.flatMap(cardProblems)),
    ],
  };
}

function readComponent(wire: unknown): Component {
  const parsed = component.safeParse(wire);
  if (parsed.success) return parsed.data;
  const nothing = { format: null, text: null, buttons: null, example: null, limited_time_offer: null, cards: null };
  return { type: "UNREADABLE", ...nothing };
}

/** Header, body and buttons, as the template itself and each card of a carousel have them. */
type Side = {
  readonly header: string | null;
  readonly format: string | null;
  readonly body: string | null;
  readonly buttons: readonly TemplateButton[];
  readonly examples: Readonly<Record<string, string>>;
  readonly unsupported: { readonly header: readonly string[]; readonly buttons: readonly string[] };
};

function readSide(parts: readonly Component[], card: number | null, category: TemplateCategory): Side {
  const partOf = (type: string) => parts.find((part) => part.type === type);
  const header = partOf("HEADER");
  const body = partOf("BODY");
  const format = header ? (header.format ?? "TEXT") : null;
  const listed = (partOf("BUTTONS")?.buttons ?? []).map(readButton);
  const buttons = category === "AUTHENTICATION" ? listed.map(withCode) : listed;
  return {
    header: format === "TEXT" ? (header?.text ?? null) : null,
    format,
    body: body?.text ?? null,
    buttons: buttons.map(({ button }) => button),
    examples: {
      ...readExamples("header", header?.example, card),
      ...readExamples("body", body?.example, card),
      ...Object.fromEntries(
        buttons.flatMap(({ example }, index) =>
          example === null ? [] : [[variableKey(spot("button", { button: index, card }), example.name), example.value]],
        ),
      ),
    },
    unsupported: {
      header:
        format === null || format === "TEXT" || headerMediaKinds.some((kind) => kind === format)
          ? []
          : [`HEADER:${format}`],
      buttons: buttons.flatMap(({ button, unsupported }) =>
        unsupported && button.type === "other" ? [`BUTTON:${button.wire}`] : [],
      ),
    },
  };
}

/** Meta lists the button of an authentication template as such, or as the address that it stores for it. */
function withCode(read: ReadButton): ReadButton {
  const { type, text } = read.button;
  return type === "url"
    ? { button: { type: "other", text, wire: codeButton }, example: null, unsupported: false }
    : read;
}

/** A card shows a picture or a film; one that shows a product is filled from a catalogue. */
function cardProblems({ format, unsupported }: Side): string[] {
  const pictured = format === "IMAGE" || format === "VIDEO";
  return [
    ...(pictured ? [] : [`CARD:HEADER:${format ?? "NONE"}`]),
    ...unsupported.buttons.map((name) => `CARD:${name}`),
  ];
}
