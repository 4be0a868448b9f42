import type { SObject } from "../record-store.ts";
import { SalesforceError } from "../salesforce-error.ts";
import type { ObjectType } from "../schema/object-type.ts";
import type { Values } from "./read-values.ts";
import type { Write } from "./write.ts";

/** Objects whose new records are compared with those that are there. */
const COMPARED = new Set(["Contact", "Lead"]);
/** Two people of one name are taken for the same when one of these agrees as well. */
const TELLING = ["Email", "Phone", "MobilePhone"];

/**
 * Refuses (400 DUPLICATES_DETECTED) a new contact or lead that looks like one that is there, where the org has such a
 * rule. Under `alert` the caller may save it all the same, by `Sforce-Duplicate-Rule-Header: allowSave=true`.
 */
export function refuseLikelyDuplicate(write: Write, type: ObjectType, values: Values): void {
  const { duplicate_rule: rule } = write.org.behaviour;
  const allowSave = rule === "alert";
  if (rule === "off" || !COMPARED.has(type.name) || (allowSave && write.allowDuplicates)) return;
  const matches = write.org.records
    .withValue(type, "LastName", values["LastName"] ?? null)
    .filter((record) =>
      TELLING.some((name) => typeof values[name] === "string" && values[name] === record.values[name]),
    );
  if (matches.length === 0) return;
  throw new SalesforceError(400, "DUPLICATES_DETECTED", "Use one of these records?", {
    fields: [],
    facts: { duplicateResult: describeMatches(type, matches, allowSave) },
  });
}

function describeMatches(type: ObjectType, matches: readonly SObject[], allowSave: boolean): Record<string, unknown> {
  const matchRecords = matches.map(({ id }) => ({
    additionalInformation: [],
    fieldDiffs: [],
    matchConfidence: 100,
    record: { attributes: { type: type.name }, Id: id },
  }));
  const matchResult = {
    entityType: type.name,
    errors: [],
    matchEngine: "ExactMatchEngine",
    matchRecords,
    rule: `Standard_${type.name}_Match_Rule_v1_0`,
    size: matchRecords.length,
    success: true,
  };
  return {
    allowSave,
    duplicateRule: `Standard_${type.name}_Duplicate_Rule`,
    duplicateRuleEntityType: type.name,
    errorMessage: "Use one of these records?",
    matchResults: [matchResult],
  };
}
