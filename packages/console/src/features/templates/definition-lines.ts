import { sampledVariables, type DefinitionButton, type TemplateDefinition } from "@aparte/core/template-definition.ts";

/** A template as lines of text, so that two versions can be compared. Part names are Meta's, which all readers share. */
export function definitionLines(definition: TemplateDefinition): string[] {
  const { category, header, body, footer, buttons, cards, offer, authentication, ttlSeconds, samples } = definition;
  return [
    `category: ${category}`,
    ...(ttlSeconds === null ? [] : [`ttl: ${ttlSeconds} s`]),
    ...(header === null ? [] : [`header: ${header.type === "text" ? header.text : header.media}`]),
    ...(offer === null ? [] : [`offer: ${offer.text}${offer.expires ? " (expires)" : ""}`]),
    ...(authentication === null ? [] : [`authentication: ${JSON.stringify(authentication)}`]),
    ...(body === "" ? [] : body.split("\n")),
    ...(footer === null ? [] : [`footer: ${footer}`]),
    ...buttons.map(buttonLine),
    ...cards.flatMap((card, index) => [
      `card ${index + 1}: ${card.headerMedia}`,
      ...(card.body ?? "").split("\n").filter(Boolean),
      ...card.buttons.map(buttonLine),
    ]),
    ...sampledVariables(definition)
      .filter(({ kind }) => kind === "text")
      .map(({ key }) => `sample ${key}: ${samples[key] ?? ""}`),
  ];
}

function buttonLine(button: DefinitionButton): string {
  const { type, ...parts } = button;
  return `button ${type}: ${Object.values(parts).filter(Boolean).join(" · ")}`;
}

export type DiffLine = { readonly sign: "same" | "gone" | "new"; readonly text: string };

/** What became of the lines: the longest common sequence stays, the rest is gone or new. */
export function compareLines(before: readonly string[], after: readonly string[]): DiffLine[] {
  const lengths = before.map(() => after.map(() => 0));
  const at = (row: number, column: number): number => lengths[row]?.[column] ?? 0;
  for (let row = before.length - 1; row >= 0; row -= 1) {
    for (let column = after.length - 1; column >= 0; column -= 1) {
      const line = lengths[row];
      if (line === undefined) continue;
      line[column] =
        before[row] === after[column]
          ? at(row + 1, column + 1) + 1
          : Math.max(at(row + 1, column), at(row, column + 1));
    }
  }
  const found: DiffLine[] = [];
  let [row, column] = [0, 0];
  while (row < before.length || column < after.length) {
    const [old, fresh] = [before[row], after[column]];
    if (old !== undefined && old === fresh) {
      found.push({ sign: "same", text: old });
      row += 1;
      column += 1;
    } else if (old !== undefined && (fresh === undefined || at(row + 1, column) >= at(row, column + 1))) {
      found.push({ sign: "gone", text: old });
      row += 1;
    } else if (fresh !== undefined) {
      found.push({ sign: "new", text: fresh });
      column += 1;
    }
  }
  return found;
}
