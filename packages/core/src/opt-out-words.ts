import { courtesyWords, promotionWords, softPhrases, startWords, stopWords } from "./opt-out-words-data.ts";

/** What a message says about being written to. */
export type Signal =
  | {
      readonly kind: "stop";
      /** Whoever says stop ends all that we begin; whoever names advertisements ends those. */
      readonly scope: "begun_by_us" | "marketing";
      /** BCP 47: whose word it is; empty for words that are used everywhere. */
      readonly languages: readonly string[];
    }
  | { readonly kind: "start" }
  /** May mean stop: for a person to read. The phrase that was found, folded. */
  | { readonly kind: "soft"; readonly phrase: string };

/** Words that a firm adds to ours. */
export type OwnWords = { readonly ownStopWords: readonly string[]; readonly ownSoftPhrases: readonly string[] };

export type SignalReader = {
  /**
   * A stop or start word counts as the whole message, courtesy around it aside, never as a part: "stop by at 5 pm" is an
   * invitation. Letter case, width, accents, invisible characters, punctuation and emoji do not hide a word. A soft phrase
   * counts anywhere, as whole words.
   */
  readonly readText: (text: string) => Signal | null;
  /** A tap on a button of ours: by its label or by the payload that we gave it. */
  readonly readTap: (tap: { readonly text: string; readonly payload: string }) => Signal | null;
};

/** WhatsApp's longest text. What is longer, also because one sign stands for twenty letters, is read up to here. */
const longestText = 4096;
/** Longer than any stop word with the courtesy around it, folded. */
const longestWord = 120;

type Word = { readonly signal: Signal; readonly onButtons: boolean };

const known = knownWords();
/** As they stand before and after other words; the longest first, as some end like others. */
const courtesy = courtesyWords
  .map(fold)
  .toSorted((a, b) => b.length - a.length)
  .map((word) => (isAttached(word) ? { first: word, last: word } : { first: `${word} `, last: ` ${word}` }));
const soft = needles(Object.values(softPhrases).flat());

/** A reader that also knows the words of a firm. Reading takes time in proportion to the text. */
export function signalReader({ ownStopWords, ownSoftPhrases }: OwnWords): SignalReader {
  const mine = new Set(ownStopWords.map(fold).filter(Boolean));
  const phrases = [...soft, ...needles(ownSoftPhrases)];
  const wholeWord = (folded: string): Word | null => {
    if (folded.length > longestWord) return null;
    for (let rest: string | null = folded; rest !== null; rest = withoutCourtesy(rest)) {
      const word: Word | null = mine.has(rest) ? ownWord : (known.get(rest) ?? null);
      if (word) return word;
    }
    return null;
  };
  return {
    readText(text) {
      const folded = fold(text);
      const word = text.length > longestText ? null : wholeWord(folded);
      if (word) return word.signal;
      const words = ` ${folded} `;
      const phrase = phrases.find((needle) => words.includes(needle));
      return phrase === undefined ? null : { kind: "soft", phrase: phrase.trim() };
    },
    readTap({ text, payload }) {
      const words = [text, payload].map((said) => wholeWord(fold(said)));
      return words.find((word) => word?.onButtons)?.signal ?? null;
    },
  };
}

/** Shorter words mean something else inside a sentence ("at the end of May"), unless they are written without spaces. */
const shortestMention = 4;
const mentions = needles(
  [...known]
    .filter(([, { signal, onButtons }]) => signal.kind === "stop" && onButtons)
    .map(([word]) => word)
    .filter((word) => isAttached(word) || word.length >= shortestMention),
);

/** True when a text tells how to stop: "Reply STOP to opt out", "Tap “Unsubscribe”". */
export function mentionsOptOut(text: string): boolean {
  const words = ` ${fold(text)} `;
  return mentions.some((needle) => words.includes(needle));
}

const ownWord: Word = { signal: { kind: "stop", scope: "begun_by_us", languages: [] }, onButtons: true };

function knownWords(): ReadonlyMap<string, Word> {
  const words = new Map<string, Word>();
  const add = (said: readonly string[], scope: "begun_by_us" | "marketing", language: string, onButtons: boolean) => {
    for (const word of said.map(fold)) {
      const other = words.get(word);
      const before = other?.signal.kind === "stop" ? other.signal.languages : [];
      // A word that is used everywhere speaks for no language, whoever else has it.
      const languages = language === "und" || (other && before.length === 0) ? [] : [...new Set([...before, language])];
      words.set(word, {
        signal: { kind: "stop", scope, languages },
        onButtons: onButtons || (other?.onButtons ?? false),
      });
    }
  };
  for (const [language, said] of Object.entries(promotionWords)) add(said, "marketing", language, true);
  for (const [language, { sure, typed }] of Object.entries(stopWords)) {
    add(sure, "begun_by_us", language, true);
    add(typed, "begun_by_us", language, false);
  }
  for (const word of startWords) words.set(fold(word), { signal: { kind: "start" }, onButtons: true });
  return words;
}

/**
 * Text as it is compared: compatibility forms (full-width letters) made plain, invisible characters and the marks that letters
 * carry dropped, everything that is no letter or digit a space. Marks that are letters of their own script stay, as does the
 * mark that tells two Japanese syllables apart.
 */
function fold(text: string): string {
  return text
    .slice(0, longestText)
    .normalize("NFKC")
    .slice(0, longestText)
    .replaceAll(/[\p{Cf}\p{Default_Ignorable_Code_Point}]/gu, "")
    .toLowerCase()
    .normalize("NFD")
    .replaceAll(/[[[\p{Mn}\p{Me}]&&\p{Script=Inherited}]--[\u{3099}\u{309A}]]/gv, "")
    .normalize("NFC")
    .replaceAll(/[^\p{L}\p{M}\p{N}]+/gu, " ")
    .trim();
}

/** The text without one courtesy at its end or its start; null when there is none to leave out, or nothing else. */
function withoutCourtesy(folded: string): string | null {
  for (const { first, last } of courtesy) {
    if (folded.endsWith(last)) return folded.slice(0, -last.length).trim() || null;
    if (folded.startsWith(first)) return folded.slice(first.length).trim() || null;
  }
  return null;
}

/**
 * What to look for in a text with a space around it: whole words, or the bare characters where a script writes words without
 * spaces or with endings that cling to them.
 */
function needles(words: readonly string[]): string[] {
  return words
    .map(fold)
    .filter(Boolean)
    .map((word) => (isAttached(word) ? word : ` ${word} `));
}

function isAttached(word: string): boolean {
  return /^[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Hangul}\p{Script=Thai}]/u.test(word);
}
