import { Refusal } from "../graph/refusal.ts";
import { codeTexts } from "./authentication-texts.ts";
import { brokenRule } from "./broken-rule.ts";
import type { RawButton, RawComponent } from "./component-schema.ts";
import type { TemplateButton, TemplateComponent } from "./model.ts";

/** A code lives for 1 to 90 minutes. */
const LONGEST_LIFE_MIN = 90;
const MOST_APPS = 5;
const LONGEST_BUTTON_TEXT = 25;
const SAMPLE_CODE = "123456";

type SupportedApp = { package_name: string; signature_hash: string };

/**
 * An authentication template as Meta stores it: the body and footer are Meta's own words, the button becomes a link
 * (Meta: authentication templates). No other component or button is allowed, and no text of one's own.
 */
export function authenticationComponents(raw: RawComponent[], language: string): TemplateComponent[] | Refusal {
  const odd = raw.find(({ type }) => !["BODY", "FOOTER", "BUTTONS"].includes(type));
  if (odd !== undefined) return refuse(`An authentication template has no ${odd.type}.`);
  const [body, footer, buttons] = ["BODY", "FOOTER", "BUTTONS"].map((type) => raw.find((part) => part.type === type));
  if (body === undefined) return refuse("An authentication template needs a body.");
  if (body.text !== undefined || footer?.text !== undefined) {
    return refuse("The words of an authentication template are Meta's: body and footer take no text.");
  }
  const life = footer?.code_expiration_minutes;
  if (footer !== undefined && (life === undefined || life < 1 || life > LONGEST_LIFE_MIN)) {
    return refuse(`code_expiration_minutes must be from 1 to ${LONGEST_LIFE_MIN}.`);
  }
  const [button, ...more] = buttons?.buttons ?? [];
  if (button === undefined || more.length > 0 || button.type !== "OTP") {
    return refuse("An authentication template needs exactly one button, of type OTP.");
  }
  const link = codeButton(button, language);
  if (link instanceof Refusal) return link;
  const texts = codeTexts(language);
  const advised = body.add_security_recommendation === true;
  return [
    {
      type: "BODY",
      text: advised ? `${texts.body} ${texts.security}` : texts.body,
      add_security_recommendation: advised,
      example: { body_text: [[SAMPLE_CODE]] },
    },
    ...(life === undefined ? [] : [footerOf(texts.footer, life)]),
    { type: "BUTTONS", buttons: [link] },
  ];
}

function footerOf(text: string, minutes: number): TemplateComponent {
  return { type: "FOOTER", text: text.replace("{n}", String(minutes)), code_expiration_minutes: minutes };
}

function codeButton(button: RawButton, language: string): TemplateButton | Refusal {
  const { otp_type: kind, text, autofill_text: autofill } = button;
  if (kind === undefined) return refuse("An OTP button needs an otp_type.");
  const given = [text, autofill].filter((label) => label !== undefined);
  if (given.some((label) => label.trim() === "" || label.length > LONGEST_BUTTON_TEXT)) {
    return refuse(`The text of a button has 1 to ${LONGEST_BUTTON_TEXT} characters.`);
  }
  const apps = appsOf(button);
  const refused = kind === "COPY_CODE" ? undefined : refuseApps(apps, kind, button);
  if (refused !== undefined) return refused;
  const texts = codeTexts(language);
  const query = new URLSearchParams({ otp_type: kind });
  if (kind !== "COPY_CODE") query.set("cta_display_name", autofill ?? texts.autofill);
  for (const { package_name, signature_hash } of kind === "COPY_CODE" ? [] : apps) {
    query.append("package_name", package_name);
    query.append("signature_hash", signature_hash);
  }
  const link = `https://www.whatsapp.com/otp/code/?${query.toString()}&code=otp`;
  return { type: "URL", text: text ?? texts.button, url: `${link}{{1}}`, example: [`${link}${SAMPLE_CODE}`] };
}

/** The Android apps that may read the code; older requests name a single one on the button itself. */
function appsOf({ supported_apps, package_name, signature_hash }: RawButton): SupportedApp[] {
  if (supported_apps !== undefined) return supported_apps;
  return package_name === undefined || signature_hash === undefined ? [] : [{ package_name, signature_hash }];
}

function refuseApps(apps: SupportedApp[], kind: string, button: RawButton): Refusal | undefined {
  if (kind === "ZERO_TAP" && button.zero_tap_terms_accepted !== true) {
    return refuse("zero_tap_terms_accepted must be true for a zero-tap button.");
  }
  if (apps.length < 1 || apps.length > MOST_APPS) {
    return refuse(`A button of otp_type ${kind} needs 1 to ${MOST_APPS} supported_apps.`);
  }
  for (const { package_name, signature_hash } of apps) {
    if (package_name.length > 224 || !/^[a-z]\w*(?:\.[a-z]\w*)+$/iu.test(package_name)) {
      return refuse("package_name must have two or more parts joined by dots, each beginning with a letter.");
    }
    if (!/^[\w+/=-]{11}$/u.test(signature_hash.replaceAll("%2F", "/").replaceAll("%2B", "+"))) {
      return refuse("signature_hash must have exactly 11 characters.");
    }
  }
  return undefined;
}

function refuse(message: string): Refusal {
  return brokenRule(2388001, message);
}
