import { associationType } from "./association-types.ts";
import type { AssociationType } from "./association-types.ts";
import type { CrmRecord } from "./record-store.ts";
import { recordWrite } from "./write.ts";
import type { Write } from "./write.ts";

type Ends = { from: CrmRecord; to: CrmRecord };

/** Associates two records and writes that down. */
export function associate(write: Write, { from, to }: Ends, types: readonly AssociationType[]): void {
  linkRecords(write, { from, to }, types);
  const associations = [{ to_type: to.type.name, to_id: to.id, association_type_ids: types.map((type) => type.id) }];
  recordWrite(write, "associate", from, { associations });
}

/** Ends some kinds of association between two records, or all, and writes that down. */
export function dissociate(write: Write, { from, to }: Ends, types?: readonly AssociationType[]): void {
  const former = write.portal.associations.list(from, to.type).find(({ id }) => id === to.id)?.associationTypes ?? [];
  const ended = former.filter((type) => types === undefined || types.includes(type));
  for (const type of ended) {
    write.portal.associations.remove(from, to, type);
    publish(write, { from, to }, { association: type, isRemoved: true });
  }
  recordWrite(write, "dissociate", from, { associations: [{ to_type: to.type.name, to_id: to.id }] });
}

/** Associates two records; what they are already is no news. */
export function linkRecords(write: Write, { from, to }: Ends, types: readonly AssociationType[]): void {
  const { associations } = write.portal;
  const former = associations.list(from, to.type).find(({ id }) => id === to.id)?.associationTypes ?? [];
  for (const association of types) {
    associations.add(from, to, association);
    if (!former.includes(association)) publish(write, { from, to }, { association, isRemoved: false });
  }
}

/** Each side is told of it as its own. */
function publish(
  { portal, by }: Write,
  { from, to }: Ends,
  { association, isRemoved }: { association: AssociationType; isRemoved: boolean },
): void {
  const kind = "associationChange";
  portal.webhooks.publish({ kind, record: from, to, association, by, isRemoved });
  const reverse = associationType(to.type, from.type, association.reverseId);
  if (reverse !== undefined)
    portal.webhooks.publish({ kind, record: to, to: from, association: reverse, by, isRemoved });
}
