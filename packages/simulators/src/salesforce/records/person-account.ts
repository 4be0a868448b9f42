import type { Org } from "../org.ts";
import type { SObject } from "../record-store.ts";
import type { ObjectType } from "../schema/object-type.ts";
import { nameOf } from "./full-name.ts";
import type { Values } from "./read-values.ts";

/** Fields that a person account and its contact have under the same name. */
const SHARED = new Set(["FirstName", "LastName", "Salutation", "Phone", "Fax", "OwnerId"]);

/** What the contact of a person account calls a field of the account; undefined for what is the account's alone. */
export function contactFieldOf(contact: ObjectType, accountField: string): string | undefined {
  if (SHARED.has(accountField)) return accountField;
  const name = accountField.endsWith("__pc")
    ? accountField.replace(/__pc$/u, "__c")
    : /^Person(.+)$/u.exec(accountField)?.[1];
  return name === undefined || name === "ContactId" ? undefined : contact.field(name)?.name;
}

/** The values of a person account that its contact has as well, by the contact's names. */
export function contactValues(org: Org, values: Values): Values {
  const contact = org.schema.object("Contact");
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => {
      const contactName = contactFieldOf(contact, name);
      return contactName === undefined ? [] : [[contactName, value] as const];
    }),
  );
}

/** Shows what was given to one half of a person account on its other half. */
export function mirrorValues(org: Org, changed: SObject, given: Values): void {
  const account = org.schema.object("Account");
  const contact = org.schema.object("Contact");
  const isAccount = changed.type === account;
  const other = isAccount
    ? org.records.live(contact, String(changed.values["PersonContactId"]))
    : org.records.live(account, String(changed.values["AccountId"]));
  if (other === undefined) return;
  const values = isAccount ? contactValues(org, given) : accountValues(account, contact, given);
  if (Object.keys(values).length === 0) return;
  const { LastModifiedDate = null, LastModifiedById = null, SystemModstamp = null } = changed.values;
  const merged = { ...other.values, ...values, LastModifiedDate, LastModifiedById, SystemModstamp };
  org.records.put({ ...other, values: { ...merged, Name: nameOf(merged) } });
}

function accountValues(account: ObjectType, contact: ObjectType, given: Values): Values {
  const names = account.fields.flatMap(({ name }) => {
    const contactName = contactFieldOf(contact, name);
    return contactName === undefined || given[contactName] === undefined ? [] : [[name, given[contactName]] as const];
  });
  return Object.fromEntries(names);
}
