/**
 * Up to two letters that stand for a name: of the first and the last word, "Maximilian Krämer-Schönfeldt" is MK. Only one
 * in scripts without capitals, where two letters beside each other would read as a word.
 */
export function initials(name: string): string {
  const [first, ...others] = name.split(/\s+/u).filter((word) => /^\p{L}/u.test(word));
  if (first === undefined) return "";
  const letter = firstLetter(first);
  const last = others.at(-1);
  return last === undefined || letter === letter.toLowerCase() ? letter : letter + firstLetter(last);
}

/** One letter as people see it: a base with its marks, never half of a surrogate pair. */
function firstLetter(word: string): string {
  const [first] = new Intl.Segmenter().segment(word);
  return (first?.segment ?? "").toLocaleUpperCase();
}
