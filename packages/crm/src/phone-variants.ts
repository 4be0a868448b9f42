/**
 * Countries whose mobile numbers are written in two ways: with a digit behind the code that WhatsApp or the network
 * puts in or leaves out. Brazil: a 9 behind the area code since 2016; Mexico: a 1 until 2019; Argentina: a 9 for
 * calls from abroad.
 */
const pairs: readonly { readonly long: RegExp; readonly short: RegExp; readonly digit: string }[] = [
  { long: /^(\+55\d{2})9(\d{8})$/u, short: /^(\+55\d{2})(\d{8})$/u, digit: "9" },
  { long: /^(\+52)1(\d{10})$/u, short: /^(\+52)(\d{10})$/u, digit: "1" },
  { long: /^(\+54)9(\d{10})$/u, short: /^(\+54)(\d{10})$/u, digit: "9" },
];

/** The ways in which a CRM may hold this number (E.164), the given one first. All of them reach the same telephone. */
export function phoneVariants(e164: string): string[] {
  for (const { long, short, digit } of pairs) {
    const other = long.test(e164) ? e164.replace(long, "$1$2") : e164.replace(short, `$1${digit}$2`);
    if (other !== e164) return [e164, other];
  }
  return [e164];
}
