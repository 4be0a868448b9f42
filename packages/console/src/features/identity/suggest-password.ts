/** Without characters that are mistaken for one another when a password is read out or typed from paper. */
const alphabet = "abcdefghijkmnpqrstuvwxyz23456789";

/** A password nobody has to think of: four groups of five, 100 bits. */
export function suggestPassword(): string {
  const letters = Array.from(crypto.getRandomValues(new Uint8Array(20)), (byte) => alphabet[byte % alphabet.length]);
  return letters.join("").replaceAll(/(.{5})(?=.)/gu, "$1-");
}
