import type { Refusal } from "../graph/refusal.ts";
import { brokenRule, missingExample } from "./broken-rule.ts";
import type { ButtonType, TemplateButton } from "./model.ts";
import { tooLong } from "./text-rules.ts";
import { variablesOf } from "./variables.ts";

const MOST_BUTTONS = 10;
const MOST_OF_A_KIND: Record<ButtonType, number> = {
  QUICK_REPLY: 10,
  URL: 2,
  PHONE_NUMBER: 1,
  COPY_CODE: 1,
  FLOW: 1,
  CATALOG: 1,
  MPM: 1,
  SPM: 1,
  VOICE_CALL: 1,
  REQUEST_CONTACT_INFO: 1,
  ORDER_DETAILS: 1,
};
/** Buttons that open something of the shop or a form: nothing stands beside them. */
const ALONE: readonly ButtonType[] = ["CATALOG", "MPM", "SPM", "ORDER_DETAILS"];
const LONGEST = { text: 25, url: 2000, phone: 20, code: 20 } as const;
const CALL_MINUTES = { least: 1440, most: 43_200 } as const;

/** The buttons of a template: counts, order, texts, and what each kind needs. */
export function checkButtons(buttons: TemplateButton[]): Refusal | undefined {
  const bad = (message: string) => brokenRule(2388001, message);
  if (buttons.length > MOST_BUTTONS) return bad(`A template has at most ${MOST_BUTTONS} buttons.`);
  for (const [type, most] of Object.entries(MOST_OF_A_KIND)) {
    const count = buttons.filter((button) => button.type === type).length;
    if (count > most) return bad(`A template has at most ${most} buttons of type ${type}.`);
  }
  const alone = buttons.find(({ type }) => ALONE.includes(type));
  if (alone !== undefined && buttons.length > 1) return bad(`A button of type ${alone.type} stands alone.`);
  const kinds = buttons.map(({ type }) => type === "QUICK_REPLY");
  const changes = kinds.filter((kind, index) => index > 0 && kind !== kinds[index - 1]).length;
  if (changes > 1) return bad("Quick replies must stand together, before or after the other buttons.");
  const texts = buttons.map(({ text }) => text);
  if (new Set(texts).size < texts.length) return bad("Two buttons have the same text.");
  return buttons.map(checkButton).find((refused) => refused !== undefined);
}

const CHECKS: Partial<Record<ButtonType, (button: TemplateButton) => Refusal | undefined>> = {
  URL: checkUrl,
  PHONE_NUMBER: ({ phone_number: phone = "" }) => {
    if (phone.length > LONGEST.phone) return tooLong("phone number of a button", LONGEST.phone);
    return /^\+?\d[\d\s()-]{3,}$/u.test(phone) ? undefined : brokenRule(2388001, "A call button needs a phone number.");
  },
  COPY_CODE: ({ example }) => {
    const code = Array.isArray(example) ? example[0] : example;
    if (!code) return missingExample("BUTTONS");
    return code.length > LONGEST.code ? tooLong("code of a button", LONGEST.code) : undefined;
  },
  VOICE_CALL: ({ ttl_minutes: minutes }) =>
    minutes === undefined || (minutes >= CALL_MINUTES.least && minutes <= CALL_MINUTES.most)
      ? undefined
      : brokenRule(2388001, `ttl_minutes must be from ${CALL_MINUTES.least} to ${CALL_MINUTES.most}.`),
};

function checkButton(button: TemplateButton): Refusal | undefined {
  const { type, text } = button;
  if (text.trim() === "") return brokenRule(2388001, "A button needs a text.");
  if (text.length > LONGEST.text) return tooLong("text of a button", LONGEST.text);
  if (variablesOf(text).length > 0 || /[\n*~`]|\p{Extended_Pictographic}/u.test(text)) {
    return brokenRule(2388001, "Buttons can't have any variables, newlines, emojis, or formatting characters.");
  }
  return CHECKS[type]?.(button);
}

function checkUrl({ url = "", example }: TemplateButton): Refusal | undefined {
  if (url.length > LONGEST.url) return tooLong("URL of a button", LONGEST.url);
  const variables = variablesOf(url);
  if (!URL.canParse(url.replaceAll(/\{\{[^{}]*\}\}/gu, "x")) || !/^https?:\/\//u.test(url)) {
    return brokenRule(2388001, "A URL button needs a URL that begins with http:// or https://.");
  }
  if (variables.length > 1 || (variables.length === 1 && !url.endsWith("}}"))) {
    return brokenRule(2388001, "The URL of a button has one variable, at its end.");
  }
  if (variables.length === 0) return undefined;
  const [sample] = Array.isArray(example) ? example : [example];
  return sample ? undefined : missingExample("BUTTONS");
}
