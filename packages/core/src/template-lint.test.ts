import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { defaultAuthentication, emptyDefinition, shapeOf, type TemplateDefinition } from "./template-definition.ts";
import type { LintContext } from "./template-lint-rule.ts";
import { firstError, lintRules, lintTemplate, type LintRuleName } from "./template-lint.ts";

const preferencePage = "https://aparte.example/preferences/";
const alone: LintContext = { others: [], changes: null, preferencePage };

const good: TemplateDefinition = {
  ...emptyDefinition,
  name: "visit_reminder",
  language: "fr",
  header: { type: "text", text: "Rendez-vous n° {{number}}" },
  body: "Bonjour {{first_name}}, à demain à l’hôtel pour votre visite 👋 comme convenu.",
  footer: "Répondez STOP pour ne plus recevoir de rappels",
  buttons: [
    { type: "url", text: "Voir", url: "https://example.com/v/{{1}}" },
    { type: "quick_reply", text: "Je confirme" },
  ],
  samples: { "header.number": "17", "body.first_name": "Zoé", "button0.1": "abc" },
};
const marketing: TemplateDefinition = { ...good, category: "MARKETING" };
const card = {
  headerMedia: "IMAGE" as const,
  body: "Une lampe",
  buttons: [{ type: "quick_reply" as const, text: "Encore" }],
};
const carousel: TemplateDefinition = {
  ...emptyDefinition,
  name: "lamps",
  category: "MARKETING",
  body: "Our lamps are here. Reply STOP to opt out.",
  cards: [card, card],
  samples: { "card0.header.media": "file", "card1.header.media": "file" },
};
const offer: TemplateDefinition = {
  ...emptyDefinition,
  name: "spring_offer",
  category: "MARKETING",
  header: { type: "media", media: "IMAGE" },
  offer: { text: "Until Sunday", expires: true },
  body: "All lamps for less. Reply STOP to opt out.",
  buttons: [{ type: "copy_code" }],
  samples: { "header.media": "file", "button0.code": "SPRING" },
};
const code: TemplateDefinition = {
  ...emptyDefinition,
  name: "sign_in_code",
  category: "AUTHENTICATION",
  authentication: defaultAuthentication,
};

const body = (text: string, samples = good.samples): TemplateDefinition => ({ ...good, body: text, samples });
const buttons = (...list: TemplateDefinition["buttons"]): TemplateDefinition => ({ ...good, buttons: list });
const reply = (text: string) => ({ type: "quick_reply", text }) as const;
const url = (address: string) => buttons({ type: "url", text: "Open", url: address });
const otp = (changes: Partial<typeof defaultAuthentication>): TemplateDefinition => ({
  ...code,
  authentication: { ...defaultAuthentication, ...changes },
});
const others: LintContext["others"] = [
  { id: "1", name: "visit_reminder", language: "fr", category: "UTILITY", status: "APPROVED", shape: shapeOf(good) },
  { id: "2", name: "visit_reminder", language: "en", category: "UTILITY", status: "APPROVED", shape: shapeOf(code) },
];
const changes: LintContext["changes"] = {
  id: "1",
  name: "visit_reminder",
  language: "fr",
  category: "UTILITY",
  status: "APPROVED",
};

/** What breaks each rule, and where it says so. The compiler refuses a rule without a line here. */
const broken: Record<LintRuleName, readonly [TemplateDefinition, string, LintContext?]> = {
  name_missing: [{ ...good, name: "" }, "name"],
  name_characters: [{ ...good, name: "Visit reminder" }, "name"],
  name_length: [{ ...good, name: "x".repeat(513) }, "name"],
  name_taken: [good, "name", { others, changes: null, preferencePage }],
  identity_fixed: [{ ...good, language: "de" }, "language", { others: [], changes, preferencePage }],
  category_fixed: [marketing, "category", { others: [], changes, preferencePage }],
  language_unknown: [{ ...good, language: "tlh" }, "language"],
  header_missing: [{ ...good, header: { type: "text", text: " " } }, "header"],
  header_length: [{ ...good, header: { type: "text", text: "x".repeat(61) } }, "header"],
  header_formatting: [{ ...good, header: { type: "text", text: "Hello *you*" } }, "header"],
  body_missing: [body(" "), "body"],
  body_length: [body("x".repeat(1025)), "body"],
  card_body_empty: [{ ...carousel, cards: [card, { ...card, body: "" }] }, "cards.1.body"],
  spacing: [body("One\n\n\nTwo"), "body"],
  emoji_count: [body("Good news 🎉".repeat(11)), "body"],
  footer_missing: [{ ...good, footer: "" }, "footer"],
  footer_length: [{ ...good, footer: "x".repeat(61) }, "footer"],
  footer_variable: [{ ...good, footer: "Hello {{name}}" }, "footer"],
  content_taken: [{ ...good, name: "other" }, "body", { others, changes: null, preferencePage }],
  variable_broken: [body("Hello {{first_name}, all is well here today."), "body"],
  variable_name: [body("Hello {{First Name}}, all is well here today."), "body"],
  variable_sequence: [
    { ...body("Hello {{2}}, all is well here.", { "body.2": "x" }), header: null, parameterFormat: "POSITIONAL" },
    "body",
  ],
  header_variables: [{ ...good, header: { type: "text", text: "{{number}} and {{other}}" } }, "header"],
  variable_edge: [body("All is well here today, {{first_name}}."), "body"],
  variable_adjacent: [body("Hello {{first_name}} {{last_name}} and welcome to our shop in town."), "body"],
  variable_ratio: [body("Hi {{first_name}} there"), "body"],
  sample_missing: [{ ...good, samples: { ...good.samples, "body.first_name": " " } }, "samples.body.first_name"],
  sample_format: [{ ...good, samples: { ...good.samples, "body.first_name": "a\nb" } }, "samples.body.first_name"],
  code_length: [{ ...offer, samples: { ...offer.samples, "button0.code": "x".repeat(21) } }, "samples.button0.code"],
  buttons_count: [buttons(...Array.from({ length: 11 }, (_, index) => reply(`B${index}`))), "buttons"],
  button_kind_count: [
    buttons(
      { type: "phone_number", text: "A", phone: "+33612345678" },
      { type: "phone_number", text: "B", phone: "+33612345678" },
    ),
    "buttons",
  ],
  buttons_order: [buttons(reply("A"), { type: "copy_code" }, reply("B")), "buttons"],
  button_text_missing: [buttons(reply(" ")), "buttons.0.text"],
  button_text_length: [buttons(reply("x".repeat(26))), "buttons.0.text"],
  button_text_plain: [buttons(reply("Hi {{1}}")), "buttons.0.text"],
  button_text_unique: [buttons(reply("A"), reply("A")), "buttons.1.text"],
  url_invalid: [url("example.com"), "buttons.0.url"],
  url_length: [url(`https://example.com/${"x".repeat(2000)}`), "buttons.0.url"],
  url_variable: [url("https://example.com/{{1}}/x"), "buttons.0.url"],
  phone_invalid: [buttons({ type: "phone_number", text: "Call", phone: "06 12" }), "buttons.0.phone"],
  flow_missing: [buttons({ type: "flow", text: "Start", flowId: "", screen: null }), "buttons.0.flowId"],
  offer_text: [{ ...offer, offer: { text: "x".repeat(17), expires: true } }, "offer.text"],
  offer_category: [{ ...offer, category: "UTILITY" }, "category"],
  offer_header: [{ ...offer, header: { type: "text", text: "Spring" } }, "header"],
  offer_footer: [{ ...offer, footer: "STOP" }, "footer"],
  offer_buttons: [{ ...offer, buttons: [reply("A")] }, "buttons"],
  cards_count: [{ ...carousel, cards: [card] }, "cards"],
  cards_category: [{ ...carousel, category: "UTILITY" }, "category"],
  cards_alone: [{ ...carousel, footer: "Reply STOP" }, "cards"],
  card_buttons: [{ ...carousel, cards: [card, { ...card, buttons: [] }] }, "cards.1.buttons"],
  cards_alike: [{ ...carousel, cards: [card, { ...card, body: null }] }, "cards.1"],
  authentication_parts: [{ ...code, category: "UTILITY" }, "category"],
  authentication_alone: [{ ...code, body: "Your code" }, "body"],
  expires_range: [otp({ expiresMinutes: 91 }), "authentication.expiresMinutes"],
  otp_text: [otp({ buttonText: "x".repeat(26) }), "authentication.buttonText"],
  otp_apps: [otp({ otpType: "one_tap" }), "authentication.apps"],
  zero_tap_terms: [otp({ otpType: "zero_tap" }), "authentication.zeroTapTerms"],
  ttl_range: [{ ...good, ttlSeconds: 29 }, "ttlSeconds"],
  category_guess: [body("Bonjour, une remise de 20 % vous attend chez nous."), "category"],
  opt_out_missing: [{ ...marketing, footer: "À bientôt" }, "footer"],
  url_shortener: [url("https://bit.ly/x"), "buttons.0.url"],
  variables_differ: [good, "body", { others, changes: { ...changes }, preferencePage }],
};

describe("the lint", () => {
  it.each([good, marketing, carousel, offer, code, otp({ otpType: "one_tap", apps: [app()] })])(
    "finds nothing in $name",
    (definition) => {
      expect(lintTemplate(definition, alone)).toEqual([]);
    },
  );

  it.each(Object.entries(broken))("sees %s", (rule, [definition, field, context = alone]) => {
    const found = lintTemplate(definition, context).filter((finding) => finding.rule === rule);
    expect(found.map((finding) => finding.field)).toContain(field);
    expect(found[0]?.severity).toBe(lintRules[rule as LintRuleName].severity);
  });

  it("names the words that sell and lets the ones through that only look like it", () => {
    const [guess] = lintTemplate(body("Votre bon d’achat et -20 % de remise vous attendent."), alone);
    expect(guess).toMatchObject({ rule: "category_guess", facts: { words: "bon d’achat, -20 %, remise" } });
    expect(lintTemplate(body("Notre office et nos ventes vous saluent bien ici."), alone)).toEqual([]);
  });

  it("takes the button to the own preference page as a way out, and no other address", () => {
    const leadingTo = (address: string): TemplateDefinition => ({
      ...marketing,
      footer: "À bientôt",
      buttons: [{ type: "url", text: "Préférences", url: address }],
      samples: { ...good.samples, "button0.1": "example" },
    });
    expect(lintTemplate(leadingTo(`${preferencePage}{{1}}`), alone)).toEqual([]);
    const elsewhere = lintTemplate(leadingTo("https://other.example/preferences/{{1}}"), alone);
    expect(elsewhere.map(({ rule }) => rule)).toEqual(["opt_out_missing"]);
  });

  it("puts errors before warnings", () => {
    const findings = lintTemplate({ ...marketing, footer: "", name: "" }, alone);
    expect(findings.map(({ severity }) => severity)).toEqual(["error", "error", "warning"]);
    expect(firstError(findings)?.rule).toBe("name_missing");
    expect(firstError(lintTemplate({ ...marketing, footer: null }, alone))).toBeNull();
  });

  it("lets a template be itself while it is changed, and other languages share its words", () => {
    expect(lintTemplate(good, { others: others.slice(0, 1), changes, preferencePage })).toEqual([]);
  });

  it("judges anything that can be typed", () => {
    const text = fc.string({ unit: "binary", maxLength: 80 });
    fc.assert(
      fc.property(text, text, text, (one, two, three) => {
        lintTemplate({ ...good, name: one, body: `${two}{{${three}}}`, footer: three, samples: { [one]: two } }, alone);
      }),
    );
  });
});

function app() {
  return { packageName: "com.example.app", signatureHash: "K8a/AINcGX7" };
}
