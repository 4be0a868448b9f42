const SUFFIX_LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";
const DIGITS = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
/** The three characters after the prefix name the machine room; the same for all records of this org. */
const INSTANCE = "gK0";
/** Numbers far enough from zero for letters of both cases to appear, and a step that makes neighbours differ. */
const FIRST_NUMBER = 62 ** 5 * 37;
const STEP = 7_919;

/**
 * The 18-character form of a 15-character id: for each block of five characters, one more says which of the five are
 * capitals. `001D000000IRFma` becomes `001D000000IRFmaIAH`.
 */
export function to18(id15: string): string {
  const suffix = [0, 5, 10].map((start) => {
    const bits = Array.from(id15.slice(start, start + 5)).map((character, bit) =>
      /[A-Z]/u.test(character) ? 1 << bit : 0,
    );
    return SUFFIX_LETTERS.charAt(bits.reduce((sum, bit) => sum + bit, 0));
  });
  return id15 + suffix.join("");
}

/**
 * Reads an id of 15 characters, in which case matters, or of 18, in which it does not: the last three say what it was.
 * Returns the 18-character form, or undefined for what is no id.
 */
export function readRecordId(given: string): string | undefined {
  if (/^[A-Za-z0-9]{15}$/u.test(given)) return to18(given);
  if (!/^[A-Za-z0-9]{18}$/u.test(given)) return undefined;
  const suffix = given.slice(15).toUpperCase();
  const restored = Array.from(given.slice(0, 15)).map((character, index) => {
    const block = SUFFIX_LETTERS.indexOf(suffix.charAt(Math.floor(index / 5)));
    const isCapital = (block & (1 << (index % 5))) !== 0;
    return isCapital ? character.toUpperCase() : character.toLowerCase();
  });
  const id = to18(restored.join(""));
  return id.slice(15) === suffix ? id : undefined;
}

/** Gives ids to new records, 18 characters long, and numbers. None is given twice, resets included. */
export class RecordIds {
  #given = 0;
  readonly #numbers = new Map<string, number>();

  /** The next number of records that are numbered: 1, 2, 3 … for each object. */
  nextNumber(object: string): number {
    const number = (this.#numbers.get(object) ?? 0) + 1;
    this.#numbers.set(object, number);
    return number;
  }

  next(keyPrefix: string): string {
    this.#given += 1;
    let number = FIRST_NUMBER + this.#given * STEP;
    let digits = "";
    while (number > 0) {
      digits = DIGITS.charAt(number % DIGITS.length) + digits;
      number = Math.floor(number / DIGITS.length);
    }
    return to18(keyPrefix + INSTANCE + digits.padStart(9, "0"));
  }
}
