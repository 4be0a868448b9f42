/** What the last three characters of an id count in, five letters each. */
const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";
const groups = [0, 5, 10] as const;

/**
 * An id of Salesforce with its 18 characters. The short form of 15 depends on case; the three characters behind it say which
 * letters are capitals, so that the long form does not (Salesforce Help, "15-character and 18-character IDs"): it may have
 * lost its capitals on the way and gets them back. Null when the text is no id.
 */
export function longId(text: string): string | null {
  if (/^[A-Za-z0-9]{15}$/.test(text)) return text + checksum(text);
  if (!/^[A-Za-z0-9]{18}$/.test(text)) return null;
  const end = text.slice(15).toUpperCase();
  const id = text
    .slice(0, 15)
    .split("")
    .map((letter, at) => cased(letter, isCapital(end, at)))
    .join("");
  return checksum(id) === end ? id + end : null;
}

function checksum(id: string): string {
  const mark = (start: number): string => {
    const bits = id
      .slice(start, start + 5)
      .split("")
      .map((letter, at) => (/[A-Z]/.test(letter) ? 1 << at : 0));
    return alphabet.charAt(bits.reduce((sum, bit) => sum | bit, 0));
  };
  return groups.map(mark).join("");
}

function isCapital(end: string, at: number): boolean {
  return ((alphabet.indexOf(end.charAt(Math.floor(at / 5))) >> (at % 5)) & 1) === 1;
}

function cased(letter: string, capital: boolean): string {
  return capital ? letter.toUpperCase() : letter.toLowerCase();
}
