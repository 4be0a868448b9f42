import type { LintFinding } from "@aparte/core/template-lint.ts";
import type { Words } from "@aparte/i18n/i18n.ts";
import { languageName } from "../language-chips.tsx";

/** What a finding says. Facts that are codes are put into words first. */
export function findingWords({ rule, facts }: LintFinding, { t, locale }: Words): string {
  const { language, type, ...rest } = facts;
  return t(`console.templates.lint.${rule}`, {
    ...rest,
    ...(language === undefined ? {} : { language: languageName(language, locale) }),
    ...(type === undefined ? {} : { type: t(buttonNameKey(type)) }),
  });
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
