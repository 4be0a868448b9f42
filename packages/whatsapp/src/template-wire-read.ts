import {
  otpTypes,
  wireButtonTypes,
  type Authentication,
  type DefinitionButton,
  type DefinitionCard,
  type TemplateDefinition,
} from "@aparte/core/template-definition.ts";
import { spot, variableKey } from "@aparte/core/template-variables.ts";
import { headerMediaKinds, templateCategories } from "@aparte/core/template.ts";
import { z } from "zod";
import { readButton } from "./template-button.ts";
import { readExamples } from "./template-examples.ts";
import { detail, idText, upperCase, word } from "./wire.ts";

const app = z.object({ package_name: word, signature_hash: word });
const button = z.object({
  type: upperCase,
  text: detail(z.string()),
  url: detail(z.string()),
  phone_number: detail(idText),
  flow_id: detail(idText),
  navigate_screen: detail(word),
  otp_type: detail(upperCase),
  zero_tap_terms_accepted: detail(z.boolean()),
  supported_apps: detail(z.array(app)),
});
type WireButton = z.infer<typeof button>;

const component = z.object({
  type: upperCase,
  format: detail(upperCase),
  text: detail(z.string()),
  example: z.unknown().optional(),
  buttons: detail(z.array(z.unknown())),
  add_security_recommendation: detail(z.boolean()),
  code_expiration_minutes: detail(z.number()),
  limited_time_offer: detail(z.object({ text: z.string(), has_expiration: detail(z.boolean()) })),
  cards: detail(z.array(z.object({ components: z.array(z.unknown()) }))),
});
type Component = z.infer<typeof component>;

const wireTemplate = z.object({
  name: word,
  language: word,
  category: z.enum(templateCategories),
  parameter_format: detail(z.enum(["NAMED", "POSITIONAL"])),
  components: z.array(component),
  message_send_ttl_seconds: detail(z.int()),
});

/** The fields to ask a template for, so that `readDefinition` can read it. */
export const definitionFields = "name,language,category,parameter_format,components,message_send_ttl_seconds";

/**
 * Reads a template of Meta's as a definition that can be changed and handed in again. Samples of files are left out: Meta
 * lists an address of its own, and wants a new upload. Null for parts that no definition here can say.
 */
export function readDefinition(wire: unknown): TemplateDefinition | null {
  const parsed = wireTemplate.safeParse(wire);
  if (!parsed.success) return null;
  const { name, language, category, parameter_format, components, message_send_ttl_seconds } = parsed.data;
  const head = {
    name,
    language,
    category,
    parameterFormat: parameter_format ?? "POSITIONAL",
    // Graph answers 0 and -1 for "its own default".
    ttlSeconds: (message_send_ttl_seconds ?? 0) > 0 ? message_send_ttl_seconds : null,
  };
  if (category !== "AUTHENTICATION") return ownParts(head, components);
  const authentication = readAuthentication(components);
  return authentication && { ...head, ...noParts, authentication };
}

type Head = Pick<TemplateDefinition, "name" | "language" | "category" | "parameterFormat" | "ttlSeconds">;

const noParts = { header: null, body: "", footer: null, buttons: [], cards: [], offer: null, samples: {} };
const knownParts: ReadonlySet<string> = new Set([
  "HEADER",
  "BODY",
  "FOOTER",
  "BUTTONS",
  "LIMITED_TIME_OFFER",
  "CAROUSEL",
]);

function ownParts(head: Head, components: readonly Component[]): TemplateDefinition | null {
  if (components.some(({ type }) => !knownParts.has(type))) return null;
  const part = (type: string) => components.find((one) => one.type === type);
  const header = readHeader(part("HEADER"));
  const buttons = readButtons(part("BUTTONS")?.buttons ?? [], null);
  const cards = (part("CAROUSEL")?.cards ?? []).map(({ components: parts }, index) => readCard(parts, index));
  const offer = part("LIMITED_TIME_OFFER")?.limited_time_offer ?? null;
  const wholeCards = cards.filter((card) => card !== null);
  if (header === undefined || buttons === null || wholeCards.length < cards.length) return null;
  return {
    ...head,
    header,
    body: part("BODY")?.text ?? "",
    footer: part("FOOTER")?.text ?? null,
    buttons: buttons.list,
    cards: wholeCards.map(({ card }) => card),
    offer: offer && { text: offer.text, expires: offer.has_expiration ?? false },
    authentication: null,
    samples: {
      ...readExamples("header", part("HEADER")?.example),
      ...readExamples("body", part("BODY")?.example),
      ...buttons.samples,
      ...Object.assign({}, ...wholeCards.map(({ samples }) => samples)),
    },
  };
}

/** Undefined for a kind that no definition here can say. */
function readHeader(part: Component | undefined): TemplateDefinition["header"] | undefined {
  if (part === undefined) return null;
  if (part.format === null || part.format === "TEXT") return { type: "text", text: part.text ?? "" };
  const media = headerMediaKinds.find((kind) => kind === part.format);
  return media && { type: "media", media };
}

type Read<T> = T & { readonly samples: Readonly<Record<string, string>> };

function readCard(parts: readonly unknown[], card: number): Read<{ readonly card: DefinitionCard }> | null {
  const parsed = z.array(component).safeParse(parts);
  if (!parsed.success) return null;
  const part = (type: string) => parsed.data.find((one) => one.type === type);
  const headerMedia = (["IMAGE", "VIDEO"] as const).find((kind) => kind === part("HEADER")?.format);
  const buttons = readButtons(part("BUTTONS")?.buttons ?? [], card);
  if (headerMedia === undefined || buttons === null) return null;
  const inBody = Object.entries(readExamples("body", part("BODY")?.example));
  return {
    card: { headerMedia, body: part("BODY")?.text ?? null, buttons: buttons.list },
    samples: {
      ...Object.fromEntries(inBody.map(([key, value]) => [`card${card}.${key}`, value])),
      ...buttons.samples,
    },
  };
}

function readButtons(
  wire: readonly unknown[],
  card: number | null,
): Read<{ readonly list: readonly DefinitionButton[] }> | null {
  const parsed = z.array(button).safeParse(wire);
  if (!parsed.success) return null;
  const list = parsed.data.map(definitionButton).filter((one) => one !== null);
  if (list.length < wire.length) return null;
  const samples = wire.flatMap((one, index) => {
    const { example } = readButton(one);
    return example === null
      ? []
      : [[variableKey(spot("button", { button: index, card }), example.name), example.value]];
  });
  return { list, samples: Object.fromEntries(samples) as Record<string, string> };
}

function definitionButton(wire: WireButton): DefinitionButton | null {
  const kinds = Object.entries(wireButtonTypes) as [DefinitionButton["type"], string][];
  const type = kinds.find(([, word]) => word === wire.type)?.[0];
  const text = wire.text ?? "";
  switch (type) {
    case undefined:
      return null;
    case "url":
      return { type, text, url: wire.url ?? "" };
    case "phone_number":
      return { type, text, phone: wire.phone_number ?? "" };
    case "copy_code":
      return { type };
    case "flow":
      return { type, text, flowId: wire.flow_id ?? "", screen: wire.navigate_screen };
    case "quick_reply":
    case "voice_call":
    case "catalog":
    case "products":
      return { type, text };
  }
}

/** Meta keeps the button of a code as a link to itself, whose query names the kind. */
const storedOtp = /\/otp\/code\/?\?(?:.*&)?otp_type=(\w+)/iu;

function readAuthentication(components: readonly Component[]): Authentication | null {
  const part = (type: string) => components.find((one) => one.type === type);
  const parsed = button.safeParse(part("BUTTONS")?.buttons?.[0]);
  if (!parsed.success) return null;
  const { text, url, otp_type, supported_apps, zero_tap_terms_accepted } = parsed.data;
  const wireType = (otp_type ?? storedOtp.exec(url ?? "")?.[1] ?? "").toLowerCase();
  const otpType = otpTypes.find((known) => known === wireType);
  if (otpType === undefined) return null;
  return {
    securityAdvice: part("BODY")?.add_security_recommendation ?? false,
    expiresMinutes: part("FOOTER")?.code_expiration_minutes ?? null,
    otpType,
    buttonText: text,
    apps: (supported_apps ?? []).map(({ package_name, signature_hash }) => ({
      packageName: package_name,
      signatureHash: signature_hash,
    })),
    zeroTapTerms: zero_tap_terms_accepted ?? false,
  };
}
