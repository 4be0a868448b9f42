import type { CrmSignal, FieldDefinition } from "../record.ts";
import type { Values } from "./record-body.ts";

/**
 * What fields of a person, of their Person Account or of their `Individual` say against messages, with the value that
 * says it. `WA_Consent_Status__c` is our own mirror, in which somebody may have withdrawn for the person.
 */
const signs: readonly { readonly name: string; readonly value: string; readonly kind: CrmSignal["kind"] }[] = [
  { name: "WA_Consent_Status__c", value: "opted_out", kind: "opted_out" },
  { name: "WA_Consent_Status__pc", value: "opted_out", kind: "opted_out" },
  { name: "DoNotCall", value: "true", kind: "do_not_call" },
  { name: "PersonDoNotCall", value: "true", kind: "do_not_call" },
  ...["Individual", "PersonIndividual"].flatMap((relation) => [
    { name: `${relation}.HasOptedOutSolicit`, value: "true", kind: "opted_out" as const },
    { name: `${relation}.HasOptedOutProcessing`, value: "true", kind: "no_processing" as const },
    { name: `${relation}.ShouldForget`, value: "true", kind: "erase" as const },
  ]),
];

export function signalsOf(values: Values, fields: readonly FieldDefinition[]): CrmSignal[] {
  const labels = new Map(fields.map(({ name, label }) => [name, label]));
  return signs
    .filter(({ name, value }) => values.get(name) === value)
    .map(({ name, kind }) => ({ kind, field: labels.get(name) ?? name }));
}

/** The fields of the `Individual` to read: those that the org has, which is none before it protects data that way. */
export function wishesOf(fields: readonly FieldDefinition[]): readonly string[] {
  const wishes = new Set(signs.map(({ name }) => name).filter((name) => name.includes(".")));
  return fields.map(({ name }) => name).filter((name) => wishes.has(name));
}
