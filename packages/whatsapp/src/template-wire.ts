import {
  wireButtonTypes,
  type Authentication,
  type DefinitionButton,
  type DefinitionCard,
  type TemplateDefinition,
} from "@aparte/core/template-definition.ts";
import { spot, variableKey, variablePattern, type Spot } from "@aparte/core/template-variables.ts";

type Samples = Readonly<Record<string, string>>;
type Part = Readonly<Record<string, unknown>>;

/** A template as `POST /{WABA}/message_templates` and `POST /{TEMPLATE_ID}` take it. */
export type TemplateBody = {
  readonly name: string;
  readonly language: string;
  readonly category: TemplateDefinition["category"];
  readonly parameter_format: TemplateDefinition["parameterFormat"];
  readonly components: readonly Part[];
  readonly message_send_ttl_seconds?: number;
};

/**
 * A definition in Meta's words (Meta, "Template components"). The samples of files must be handles of resumable uploads
 * here, not ids of stored files. Expects a definition that `lintTemplate` lets through.
 */
export function templateBody(definition: TemplateDefinition): TemplateBody {
  const { name, language, category, parameterFormat, ttlSeconds } = definition;
  return {
    name,
    language,
    category,
    parameter_format: parameterFormat,
    components: definition.authentication
      ? authenticationComponents(definition.authentication)
      : ownComponents(definition),
    ...(ttlSeconds === null ? {} : { message_send_ttl_seconds: ttlSeconds }),
  };
}

function ownComponents(definition: TemplateDefinition): Part[] {
  const { header, body, footer, buttons, cards, offer, parameterFormat, samples } = definition;
  const text = (type: "HEADER" | "BODY", words: string, where: Spot): Part => ({
    type,
    ...(type === "HEADER" ? { format: "TEXT" } : {}),
    text: words,
    ...textExample(words, where, parameterFormat, samples),
  });
  return [
    ...(header?.type === "text" ? [text("HEADER", header.text, spot("header"))] : []),
    ...(header?.type === "media" ? [mediaHeader(header.media, samples[variableKey(spot("header"), "media")])] : []),
    ...(offer
      ? [{ type: "LIMITED_TIME_OFFER", limited_time_offer: { text: offer.text, has_expiration: offer.expires } }]
      : []),
    text("BODY", body, spot("body")),
    ...(footer === null ? [] : [{ type: "FOOTER", text: footer }]),
    ...buttonsComponent(buttons, null, samples),
    ...(cards.length === 0
      ? []
      : [{ type: "CAROUSEL", cards: cards.map((card, index) => cardOf(card, index, definition)) }]),
  ];
}

function cardOf({ headerMedia, body, buttons }: DefinitionCard, card: number, definition: TemplateDefinition): Part {
  const { parameterFormat, samples } = definition;
  const where = spot("body", { card });
  return {
    components: [
      mediaHeader(headerMedia, samples[variableKey(spot("header", { card }), "media")]),
      ...(body === null ? [] : [{ type: "BODY", text: body, ...textExample(body, where, parameterFormat, samples) }]),
      ...buttonsComponent(buttons, card, samples),
    ],
  };
}

function mediaHeader(format: string, handle: string | undefined): Part {
  return { type: "HEADER", format, ...(handle === undefined ? {} : { example: { header_handle: [handle] } }) };
}

function textExample(text: string, where: Spot, format: TemplateDefinition["parameterFormat"], samples: Samples): Part {
  const names = [...new Set([...text.matchAll(variablePattern)].map((match) => match[1] ?? ""))];
  if (names.length === 0) return {};
  const sample = (name: string): string => samples[variableKey(where, name)] ?? "";
  if (format === "NAMED") {
    const named = names.map((name) => ({ param_name: name, example: sample(name) }));
    return { example: { [`${where.part}_text_named_params`]: named } };
  }
  const inOrder = names.toSorted((a, b) => Number(a) - Number(b)).map(sample);
  return { example: where.part === "header" ? { header_text: inOrder } : { body_text: [inOrder] } };
}

function buttonsComponent(buttons: readonly DefinitionButton[], card: number | null, samples: Samples): Part[] {
  if (buttons.length === 0) return [];
  const sampleOf = (button: number, name: string): string =>
    samples[variableKey(spot("button", { button, card }), name)] ?? "";
  return [
    { type: "BUTTONS", buttons: buttons.map((button, index) => wireButton(button, (name) => sampleOf(index, name))) },
  ];
}

function wireButton(button: DefinitionButton, sample: (name: string) => string): Part {
  const type = wireButtonTypes[button.type];
  switch (button.type) {
    case "url": {
      const { text, url } = button;
      const full = url.replaceAll(variablePattern, (_hole, name: string) => sample(name));
      return { type, text, url, ...(full === url ? {} : { example: [full] }) };
    }
    case "phone_number":
      return { type, text: button.text, phone_number: button.phone };
    case "copy_code":
      return { type, example: sample("code") };
    case "flow":
      return {
        type,
        text: button.text,
        flow_id: button.flowId,
        flow_action: "navigate",
        ...(button.screen === null ? {} : { navigate_screen: button.screen }),
      };
    case "quick_reply":
    case "voice_call":
    case "catalog":
    case "products":
      return { type, text: button.text };
  }
}

function authenticationComponents(chosen: Authentication): Part[] {
  const { securityAdvice, expiresMinutes, otpType, buttonText, apps, zeroTapTerms } = chosen;
  const inApp = otpType !== "copy_code";
  return [
    { type: "BODY", add_security_recommendation: securityAdvice },
    ...(expiresMinutes === null ? [] : [{ type: "FOOTER", code_expiration_minutes: expiresMinutes }]),
    {
      type: "BUTTONS",
      buttons: [
        {
          type: "OTP",
          otp_type: otpType.toUpperCase(),
          ...(buttonText === null ? {} : { text: buttonText }),
          ...(otpType === "zero_tap" ? { zero_tap_terms_accepted: zeroTapTerms } : {}),
          ...(inApp
            ? {
                supported_apps: apps.map(({ packageName, signatureHash }) => ({
                  package_name: packageName,
                  signature_hash: signatureHash,
                })),
              }
            : {}),
        },
      ],
    },
  ];
}
