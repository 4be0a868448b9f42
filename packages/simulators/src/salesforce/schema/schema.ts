import { OBJECTS } from "./objects.ts";
import type { Field, Part } from "./field.ts";
import { ObjectType } from "./object-type.ts";
import type { ObjectDefinition } from "./object-type.ts";

/** Custom fields of activities are declared once and stand on both. */
const SHARED_FIELDS: Readonly<Record<string, readonly string[]>> = { activity: ["Task", "Event"] };

/** The objects of an org with their fields. */
export class Schema {
  readonly #types: Map<string, ObjectType>;
  readonly #has: (part: Part) => boolean;

  /** @param has Whether the org has a part that some do without; asked each time. */
  constructor(has: (part: Part) => boolean, objects: readonly ObjectDefinition[] = OBJECTS) {
    this.#has = has;
    const types = objects.map((definition) => new ObjectType(definition, has));
    this.#types = new Map(types.map((type) => [type.name.toLowerCase(), type]));
  }

  /** Every object there is for callers. */
  list(): ObjectType[] {
    return [...this.#types.values()].filter((type) => this.#isThere(type));
  }

  /** The object of this name in any spelling; undefined when there is none. */
  find(name: string): ObjectType | undefined {
    const type = this.#types.get(name.toLowerCase());
    return type !== undefined && this.#isThere(type) ? type : undefined;
  }

  /** An object that is known to exist, whether or not callers see it. */
  object(name: string): ObjectType {
    const type = this.#types.get(name.toLowerCase());
    if (type === undefined) throw new Error(`there is no object ${name}`);
    return type;
  }

  /** The object that an id belongs to, by its prefix. */
  ofId(id: string): ObjectType | undefined {
    return this.list().find(({ keyPrefix }) => id.startsWith(keyPrefix));
  }

  /** Adds a custom field; `Activity` stands for Task and Event, which share theirs. False: there is no such object. */
  addField(objectName: string, added: Field): boolean {
    const types = this.#sharing(objectName);
    for (const type of types) {
      type.addField(added);
      if (type.name === "Contact") this.object("Account").addField(onPersonAccount(added));
    }
    return types.length > 0;
  }

  removeField(objectName: string, fieldName: string): void {
    for (const type of this.#sharing(objectName)) {
      type.removeField(fieldName);
      if (type.name === "Contact") this.object("Account").removeField(personName(fieldName));
    }
  }

  #isThere({ part }: ObjectType): boolean {
    return part === null || this.#has(part);
  }

  #sharing(objectName: string): ObjectType[] {
    const names = SHARED_FIELDS[objectName.toLowerCase()] ?? [objectName];
    return names.flatMap((name) => this.find(name) ?? []);
  }
}

/** A custom field of contacts stands on person accounts as well, ending in `__pc`. */
function onPersonAccount(field: Field): Field {
  const alone = { unique: false, externalId: false, idLookup: false, relationshipName: null };
  return { ...field, ...alone, name: personName(field.name), nillable: true, childRelationshipName: null };
}

function personName(name: string): string {
  return name.replace(/__c$/u, "__pc");
}
