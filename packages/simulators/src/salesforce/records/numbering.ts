import type { Draft } from "./rule.ts";
import type { Values } from "./read-values.ts";

const DIGITS = 8;

/** Gives each new record the next number of its object, behind a prefix, in this field. */
export function numbered(field: string, prefix: string): (draft: Draft) => Values {
  return ({ org, type, before }) => {
    if (before !== undefined) return {};
    const number = org.ids.nextNumber(type.name);
    return { [field]: `${prefix}${String(number).padStart(DIGITS, "0")}` };
  };
}
