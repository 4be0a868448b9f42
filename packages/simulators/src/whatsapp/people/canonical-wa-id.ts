/** Area codes of Brazil whose mobile numbers are known to WhatsApp with the ninth digit. */
const BRAZIL_WITH_NINTH = /^(?:1[1-9]|2[12478])/u;

/**
 * The digits under which WhatsApp knows a phone number. Brazilian mobiles are known with or without their ninth digit
 * by area, Mexican ones with a 1 after the country code; whichever of the two is dialled, the same person answers.
 */
export function canonicalWaId(digits: string): string {
  const brazil = /^55(\d{2})(9?)([6-9]\d{7})$/u.exec(digits);
  if (brazil !== null) {
    const [, area = "", , subscriber = ""] = brazil;
    return `55${area}${BRAZIL_WITH_NINTH.test(area) ? "9" : ""}${subscriber}`;
  }
  return digits.replace(/^52(\d{10})$/u, "521$1");
}
