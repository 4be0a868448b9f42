import { charactersOf } from "./lexer.ts";

/** The texts that a pattern of LIKE matches: `%` is any number of characters, `_` one; case makes no difference. */
export function likePattern(text: string): RegExp {
  const parts = charactersOf(text).map(({ character, escaped }) => {
    if (character === "%" && !escaped) return "[^]*";
    if (character === "_" && !escaped) return "[^]";
    return character.replaceAll(/[\\^$.*+?()[\]{}|/-]/gu, String.raw`\$&`);
  });
  return new RegExp(`^${parts.join("")}$`, "iu");
}
