import type { AssociationType } from "../association-types.ts";
import type { CrmRecord } from "../record-store.ts";
import type { Source } from "../source.ts";

/** Something that happened to a record, before anybody has asked to hear of it. */
export type Happening = { record: CrmRecord; by: Source } & (
  | { kind: "creation" | "deletion" | "restore" | "privacyDeletion" }
  | { kind: "propertyChange"; name: string; value: string }
  | { kind: "merge"; primaryId: string; mergedIds: readonly string[]; movedProperties: number }
  | {
      kind: "associationChange";
      to: Pick<CrmRecord, "id" | "type">;
      association: AssociationType;
      isRemoved: boolean;
    }
);
