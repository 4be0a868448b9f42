import type { CrmField } from "@aparte/core/crm-record.ts";
import type { FieldDefinition } from "./record.ts";

/** Values of lists are shown by their labels; several chosen ones travel with semicolons between them. */
export function fieldOf({ name, label, choices }: FieldDefinition, value: string | undefined): CrmField[] {
  if (value === undefined) return [];
  const hasChoices = Object.keys(choices).length > 0;
  const labelOf = (choice: string): string => (Object.hasOwn(choices, choice) ? (choices[choice] ?? choice) : choice);
  return [{ name, label, value: hasChoices ? value.split(";").map(labelOf).join(", ") : value }];
}
