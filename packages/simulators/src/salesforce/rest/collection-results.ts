import type { Org } from "../org.ts";
import { SalesforceError } from "../salesforce-error.ts";

/** What became of one record of a collection. */
export type RecordResult = {
  id?: string;
  success: boolean;
  errors: readonly Record<string, unknown>[];
  created?: boolean;
};

const ROLLED_BACK = new SalesforceError(
  400,
  "ALL_OR_NONE_OPERATION_ROLLED_BACK",
  "Record rolled back because not all records were valid and the request was using AllOrNone header",
  { fields: [] },
);

/** Thrown to take back what a collection has written so far. */
class CollectionRefused extends Error {
  readonly results: readonly RecordResult[];

  constructor(results: readonly RecordResult[]) {
    super("a record of the collection was refused");
    this.results = results;
  }
}

/**
 * Does the work of each record. A refusal becomes that record's result; with `allOrNone` everything is then taken
 * back, and the records that were well say so.
 */
export function doEach(
  org: Org,
  works: readonly (() => RecordResult)[],
  { allOrNone }: { allOrNone: boolean },
): readonly RecordResult[] {
  try {
    return org.atomically(() => {
      const results = works.map((work) => attempt(org, work));
      if (allOrNone && results.some(({ success }) => !success)) throw new CollectionRefused(results);
      return results;
    });
  } catch (error) {
    if (!(error instanceof CollectionRefused)) throw error;
    return error.results.map((result) => (result.success ? failed(ROLLED_BACK) : result));
  }
}

function attempt(org: Org, work: () => RecordResult): RecordResult {
  try {
    return org.atomically(work);
  } catch (error) {
    if (error instanceof SalesforceError) return failed(error);
    throw error;
  }
}

function failed(error: SalesforceError): RecordResult {
  return { success: false, errors: [error.inCollection()] };
}
