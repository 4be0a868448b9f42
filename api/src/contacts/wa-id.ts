/** One way of writing numbers of a country that leads to the same telephone as the way in which we keep them. */
const variants: readonly (readonly [written: RegExp, kept: string])[] = [
  // Brazil: the ninth digit of mobiles, which old entries and WhatsApp itself leave out (55 11 9 1234 5678).
  [/^(55\d\d)([6-9]\d{7})$/, "$19$2"],
  // Mexico: the 1 behind the country code, and the prefixes for calls to mobiles; all of them gone since 2019.
  [/^52(?:1|04[45])(\d{10})$/, "52$1"],
  // Argentina: WhatsApp writes a 9 behind the country code; at home people write 15 behind the area code instead, which
  // has two digits for Buenos Aires and three or four elsewhere.
  [/^549?(11)15(\d{8})$/, "549$1$2"],
  [/^549?([23]\d\d)15(\d{7})$/, "549$1$2"],
  [/^549?([23]\d{3})15(\d{6})$/, "549$1$2"],
  [/^54([1-8]\d{9})$/, "549$1"],
];

/**
 * The one spelling under which a number is kept. Some countries have numbers that WhatsApp writes otherwise than people do, and
 * Meta takes both. Digits without plus, both ways.
 */
export function canonicalWaId(waId: string): string {
  const variant = variants.find(([written]) => written.test(waId));
  return variant ? waId.replace(...variant) : waId;
}
