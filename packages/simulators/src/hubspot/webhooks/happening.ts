import type { AssociationType } from "../association-types.ts";
import type { CrmRecord } from "../record-store.ts";

/** Who did it, in the words of webhooks: `INTEGRATION` with the app's id, `CRM_UI` with `userId:…`. */
export type Source = { changeSource: string; sourceId: string };

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
