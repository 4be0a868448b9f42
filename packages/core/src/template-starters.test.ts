import { describe, expect, it } from "vitest";
import { lintTemplate } from "./template-lint.ts";
import { starterPurposes, templateStarters } from "./template-starters.ts";

describe.each(["en", "fr", "de"])("the texts to start from in %s", (language) => {
  const starters = templateStarters(language);

  it("are there for every purpose", () => {
    expect(starters.map(({ purpose }) => purpose)).toEqual(starterPurposes);
  });

  it.each(starters)("$purpose could be handed in as it is", ({ definition }) => {
    expect(
      lintTemplate(definition, { others: [], changes: null, preferencePage: "https://aparte.example/preferences/" }),
    ).toEqual([]);
  });
});
