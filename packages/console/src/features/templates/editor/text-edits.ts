/** A text and what of it is selected, as a text box has them. */
export type Selected = { readonly text: string; readonly start: number; readonly end: number };

/** Puts a mark around what is selected, or takes it away again; spaces at the edges stay outside, or WhatsApp ignores it. */
export function wrap({ text, start, end }: Selected, mark: string): Selected {
  const inside = text.slice(start, end);
  const from = start + (inside.length - inside.trimStart().length);
  const to = Math.max(from, end - (inside.length - inside.trimEnd().length));
  const marked = text.slice(from - mark.length, from) === mark && text.slice(to, to + mark.length) === mark;
  if (marked) {
    const bare = text.slice(0, from - mark.length) + text.slice(from, to) + text.slice(to + mark.length);
    return { text: bare, start: from - mark.length, end: to - mark.length };
  }
  return {
    text: text.slice(0, from) + mark + text.slice(from, to) + mark + text.slice(to),
    start: from + mark.length,
    end: to + mark.length,
  };
}

/** Puts words in place of what is selected; the cursor stands behind them. */
export function insert({ text, start, end }: Selected, words: string): Selected {
  const at = start + words.length;
  return { text: text.slice(0, start) + words + text.slice(end), start: at, end: at };
}

/** A variable that the text does not have yet: the next number, behind a word where variables have names. */
export function nextVariable(text: string, word = ""): string {
  for (let number = 1; ; number += 1) {
    const name = word === "" ? String(number) : `${word}_${number}`;
    if (!text.includes(`{{${name}}}`)) return name;
  }
}
