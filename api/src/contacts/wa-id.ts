/**
 * The one spelling under which a number is kept. Two countries have numbers that WhatsApp writes otherwise than people do, and
 * Meta takes both: Brazilian mobiles with or without the ninth digit (55 11 9 1234 5678), Mexican ones with or without
 * the 1 behind the country code (52 1 55 …). Digits without plus, both ways.
 */
export function canonicalWaId(waId: string): string {
  return waId.replace(/^(55\d\d)([6-9]\d{7})$/, "$19$2").replace(/^521(\d{10})$/, "52$1");
}
