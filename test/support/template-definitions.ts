import {
  defaultAuthentication,
  emptyDefinition,
  otpTypes,
  sampledVariables,
  type DefinitionButton,
  type TemplateDefinition,
} from "@aparte/core/template-definition.ts";
import { templateLanguages } from "@aparte/core/template-languages.ts";
import { firstError, lintTemplate } from "@aparte/core/template-lint.ts";
import fc from "fast-check";

const word = fc.constantFrom(
  "visite",
  "à",
  "l’hôtel",
  "demain",
  "votre",
  "dossier",
  "prêt",
  "weiß",
  "👋",
  "here",
  "again",
);
const words = (minLength: number, maxLength: number) =>
  fc.array(word, { minLength, maxLength }).map((list) => list.join(" "));
const hole = fc.constantFrom("{{1}}", "{{2}}", "{{3}}", "{{name}}", "{{day}}");
const line = fc.array(fc.oneof({ weight: 5, arbitrary: word }, hole), { minLength: 1, maxLength: 40 });
const body = fc
  .tuple(words(1, 6), fc.array(line, { minLength: 1, maxLength: 3 }), words(1, 6))
  .map(([start, lines, end]) => `${start} ${lines.map((list) => list.join(" ")).join("\n")} ${end}`);

const label = fc.constantFrom("Oui", "Non merci", "Voir", "Plus tard", "Répondre", "Ouvrir", "STOP");
const button: fc.Arbitrary<DefinitionButton> = fc.oneof(
  label.map((text) => ({ type: "quick_reply", text }) as const),
  fc
    .tuple(label, fc.constantFrom("https://example.com/", "https://example.com/é/{{1}}", "example.com"))
    .map(([text, url]) => ({ type: "url", text, url }) as const),
  label.map((text) => ({ type: "phone_number", text, phone: "+33612345678" }) as const),
  fc.constant({ type: "copy_code" } as const),
  label.map((text) => ({ type: "voice_call", text }) as const),
);
const buttons = fc.array(button, { maxLength: 4 });

const header: fc.Arbitrary<TemplateDefinition["header"]> = fc.oneof(
  fc.constant(null),
  fc
    .array(fc.oneof(word, hole), { minLength: 1, maxLength: 6 })
    .map((list) => ({ type: "text", text: list.join(" ") }) as const),
  fc.constantFrom("IMAGE", "VIDEO", "DOCUMENT", "LOCATION").map((media) => ({ type: "media", media }) as const),
);

const card = fc.record({
  headerMedia: fc.constantFrom("IMAGE" as const, "VIDEO" as const),
  body: fc.option(words(1, 8), { nil: null }),
  buttons: fc.array(button, { minLength: 1, maxLength: 2 }),
});

const own: fc.Arbitrary<TemplateDefinition> = fc.record({
  name: fc.stringMatching(/^[a-z][a-z0-9_]{3,30}$/),
  language: fc.constantFrom("fr", "en_US", "pt_BR", "de"),
  category: fc.constantFrom("MARKETING" as const, "UTILITY" as const),
  parameterFormat: fc.constantFrom("NAMED" as const, "POSITIONAL" as const),
  header,
  body,
  footer: fc.option(words(1, 6), { nil: null }),
  buttons,
  cards: fc.oneof(
    { weight: 3, arbitrary: fc.constant([]) },
    {
      weight: 1,
      arbitrary: card.chain((one) => fc.integer({ min: 2, max: 4 }).map((count) => Array(count).fill(one))),
    },
  ),
  offer: fc.option(fc.record({ text: fc.constantFrom("Jusqu’à dimanche", "Été"), expires: fc.boolean() }), {
    nil: null,
    freq: 6,
  }),
  authentication: fc.constant(null),
  ttlSeconds: fc.option(fc.integer({ min: 20, max: 50_000 }), { nil: null, freq: 5 }),
  samples: fc.constant({}),
});

const code: fc.Arbitrary<TemplateDefinition> = fc
  .record({
    name: fc.stringMatching(/^[a-z][a-z0-9_]{3,30}$/),
    language: fc.constantFrom(...templateLanguages),
    securityAdvice: fc.boolean(),
    expiresMinutes: fc.option(fc.integer({ min: 1, max: 90 }), { nil: null }),
    otpType: fc.constantFrom(...otpTypes),
    buttonText: fc.option(label, { nil: null }),
  })
  .map(({ name, language, ...chosen }) => ({
    ...emptyDefinition,
    name,
    language,
    category: "AUTHENTICATION",
    parameterFormat: "POSITIONAL",
    authentication: {
      ...defaultAuthentication,
      ...chosen,
      apps: chosen.otpType === "copy_code" ? [] : [{ packageName: "com.example.app", signatureHash: "K8a/AINcGX7" }],
      zeroTapTerms: chosen.otpType === "zero_tap",
    },
  }));

/** What stands for uploaded samples, by the kind of file. */
export type Handles = Readonly<Record<"IMAGE" | "VIDEO" | "DOCUMENT", string>>;

/** Without the parts that cannot stand together, and with a sample for every hole: many of these pass the checks. */
function mended(definition: TemplateDefinition, handles: Handles): TemplateDefinition {
  const { cards, offer } = definition;
  const alone = cards.length > 0 ? { header: null, footer: null, buttons: [], offer: null } : {};
  const offered =
    cards.length === 0 && offer !== null ? { footer: null, buttons: [{ type: "copy_code" } as const] } : {};
  const whole: TemplateDefinition = { ...definition, ...alone, ...offered };
  const samples = sampledVariables(whole).map(({ key, kind, card: index }, at) => {
    const media = index === null ? whole.header?.type === "media" && whole.header.media : cards[index]?.headerMedia;
    return [key, kind === "file" && media && media !== "LOCATION" ? handles[media] : `Zoé ${at}`];
  });
  return { ...whole, samples: Object.fromEntries(samples) as Record<string, string> };
}

/** Definitions that our checks let pass, of every kind. */
export function cleanDefinitions(handles: Handles): fc.Arbitrary<TemplateDefinition> {
  return fc
    .oneof(
      { weight: 5, arbitrary: own.map((definition) => mended(definition, handles)) },
      { weight: 1, arbitrary: code },
    )
    .filter(
      (definition) =>
        firstError(
          lintTemplate(definition, {
            others: [],
            changes: null,
            preferencePage: "https://aparte.example/preferences/",
          }),
        ) === null,
    );
}
