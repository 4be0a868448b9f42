import { preferenceTextNames, type PreferenceTextName, type PreferenceTexts } from "@aparte/core/preference-input.ts";

/** The texts as fields hold them: a field that is left empty shows our words on the page. */
export function textValues(texts: PreferenceTexts): Record<PreferenceTextName, string> {
  return byName((name) => texts[name] ?? "");
}

export function textsOf(values: Readonly<Record<PreferenceTextName, string>>): PreferenceTexts {
  return byName((name) => values[name].trim() || null);
}

function byName<Value>(valueOf: (name: PreferenceTextName) => Value): Record<PreferenceTextName, Value> {
  return Object.fromEntries(preferenceTextNames.map((name) => [name, valueOf(name)])) as Record<
    PreferenceTextName,
    Value
  >;
}
