import type { LintFinding } from "@aparte/core/template-lint.ts";
import type { Words } from "@aparte/i18n/i18n.ts";
import { languageName } from "../language-chips.tsx";

/** What a finding says. Facts that are codes are put into words first. */
export function findingWords({ rule, facts }: LintFinding, { t, locale }: Words): string {
  const { language, type, variable, ...rest } = facts;
  return t(`console.templates.lint.${rule}`, {
    ...rest,
    ...(variable === undefined
      ? {}
      : { variable: variable === "media" ? t("console.templates.sample_file") : variable }),
    ...(language === undefined ? {} : { language: languageName(language, locale) }),
    ...(type === undefined ? {} : { type: t(buttonNameKey(type)) }),
  });
}

/** Which of several alike a finding means: "Card 2 · Button 1"; empty where there is only one. */
export function placeWords({ field }: LintFinding, { t }: Words): string {
  const card = /cards?\.?(\d+)/u.exec(field)?.[1];
  const button = /buttons?\.?(\d+)/u.exec(field)?.[1];
  return [
    card === undefined ? "" : t("console.templates.card", { number: Number(card) + 1 }),
    button === undefined ? "" : t("console.templates.button_numbered", { number: Number(button) + 1 }),
  ]
    .filter(Boolean)
    .join(" · ");
}

/** The word for a kind of button. */
export function buttonNameKey(type: string) {
  const known = {
    quick_reply: "console.templates.button_quick_reply",
    url: "console.templates.button_url",
    phone_number: "console.templates.button_phone_number",
    copy_code: "console.templates.button_copy_code",
    flow: "console.templates.button_flow",
    voice_call: "console.templates.button_voice_call",
    catalog: "console.templates.button_catalog",
  } as const;
  return Object.hasOwn(known, type) ? known[type as keyof typeof known] : "console.templates.button_products";
}
