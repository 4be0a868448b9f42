import { datetime, field, flag, reference } from "./field.ts";
import type { Field, Part } from "./field.ts";

/** An object of the org, such as Contact. Names are compared without regard to case, as Salesforce does. */
export class ObjectType {
  readonly name: string;
  readonly label: string;
  readonly labelPlural: string;
  /** The first three characters of its records' ids. */
  readonly keyPrefix: string;
  readonly custom: boolean;
  readonly part: Part | null;
  readonly writable: boolean;
  readonly mergeable: boolean;
  readonly #fields: Map<string, Field>;
  readonly #has: (part: Part) => boolean;

  /** @param has Whether the org has a part; asked each time. */
  constructor(definition: ObjectDefinition, has: (part: Part) => boolean) {
    const { name, label = name, writable = true, recycled = true } = definition;
    this.name = name;
    this.label = label;
    this.labelPlural = definition.labelPlural ?? `${label}s`;
    this.keyPrefix = definition.keyPrefix;
    this.custom = name.endsWith("__c");
    this.part = definition.part ?? null;
    this.#has = has;
    this.writable = writable;
    this.mergeable = definition.mergeable ?? false;
    const fields = [...SYSTEM_FIELDS, ...(recycled ? [IS_DELETED] : []), ...definition.fields];
    if (this.mergeable) fields.push(masterRecord(name));
    this.#fields = new Map(fields.map((declared) => [declared.name.toLowerCase(), declared]));
  }

  get fields(): readonly Field[] {
    return [...this.#fields.values()].filter(({ part }) => part === null || this.#has(part));
  }

  /** The field of this name in any spelling; undefined when there is none. */
  field(name: string): Field | undefined {
    const found = this.#fields.get(name.toLowerCase());
    return found?.part === null || found?.part === undefined || this.#has(found.part) ? found : undefined;
  }

  /** Adds a field or puts it in the place of the one of the same name. */
  addField(added: Field): void {
    this.#fields.set(added.name.toLowerCase(), added);
  }

  removeField(name: string): void {
    this.#fields.delete(name.toLowerCase());
  }
}

export type ObjectDefinition = {
  name: string;
  label?: string;
  labelPlural?: string;
  keyPrefix: string;
  fields: readonly Field[];
  /** False for what callers only read. */
  writable?: boolean;
  /** False for objects without a recycle bin, which then have no `IsDeleted`. */
  recycled?: boolean;
  mergeable?: boolean;
  part?: Part;
};

const readOnly = { readOnly: true, nillable: false } as const;

/** What every object has. */
const SYSTEM_FIELDS: readonly Field[] = [
  field("Id", "id", { ...readOnly, length: 18 }),
  datetime("CreatedDate", readOnly),
  reference("CreatedById", ["User"], readOnly),
  datetime("LastModifiedDate", readOnly),
  reference("LastModifiedById", ["User"], readOnly),
  datetime("SystemModstamp", readOnly),
];

const IS_DELETED = flag("IsDeleted", readOnly);

/** Where a record that was merged away says which record it lives on in. */
function masterRecord(name: string): Field {
  return reference("MasterRecordId", [name], { readOnly: true });
}

/** The owner of a record: the caller, unless another user is named. */
export function owner(relationshipName = "Owner"): Field {
  return reference("OwnerId", ["User"], { relationshipName, nillable: false });
}
