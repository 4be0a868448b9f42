import { HubSpotError, invalidRequest } from "./api-error.ts";
import { OBJECT_TYPES } from "./object-types.ts";
import type { ObjectType, ObjectTypeName } from "./object-types.ts";
import type { PropertyDefinition } from "./property-definition.ts";
import { STANDARD_PROPERTIES } from "./standard-properties.ts";

/** How many properties with unique values one object type may have. */
const MAX_UNIQUE_PROPERTIES = 10;
const PROPERTY_NAME = /^[a-z][a-z0-9_]*$/u;

/** A heading under which HubSpot's pages show properties. */
export type PropertyGroup = { name: string; label: string; displayOrder: number };

/** Which properties the object types of a portal have, and in which groups. */
export class PropertyRegistry {
  readonly #byType = new Map<ObjectTypeName, Map<string, PropertyDefinition>>();
  readonly #groups = new Map<ObjectTypeName, Map<string, PropertyGroup>>();

  constructor() {
    for (const { name, singular } of OBJECT_TYPES) {
      const definitions = STANDARD_PROPERTIES[name].map((definition) => ({
        ...definition,
        groupName: `${singular}information`,
      }));
      this.#byType.set(name, new Map(definitions.map((definition) => [definition.name, definition])));
      const group = { name: `${singular}information`, label: `${sentence(singular)} information`, displayOrder: 0 };
      this.#groups.set(name, new Map([[group.name, group]]));
    }
  }

  /** The properties of a type that are not archived. */
  list(type: ObjectType): PropertyDefinition[] {
    return [...this.#of(type).values()].filter((definition) => !definition.archived);
  }

  find(type: ObjectType, name: string): PropertyDefinition | undefined {
    const definition = this.#of(type).get(name);
    return definition?.archived === true ? undefined : definition;
  }

  /**
   * Adds a custom property. Refused: a name in use (409), a name that is not lower case, a group that is not there and,
   * with unique values, an eleventh such property of the type (400).
   */
  create(type: ObjectType, definition: PropertyDefinition): PropertyDefinition {
    if (!PROPERTY_NAME.test(definition.name)) {
      throw invalidRequest(
        `Property name "${definition.name}" may only hold lower case letters, digits and underscores`,
      );
    }
    if (this.find(type, definition.name) !== undefined) {
      throw new HubSpotError(409, `A property named '${definition.name}' already exists.`, {
        category: "OBJECT_ALREADY_EXISTS",
        subCategory: "Properties.PROPERTY_EXISTS",
        context: { name: [definition.name] },
      });
    }
    // Which groups activities have is written nowhere, so any name is taken there.
    if (type.isActivity !== true && !this.groups(type).has(definition.groupName)) {
      throw invalidRequest(`Property group "${definition.groupName}" does not exist for ${type.id}`);
    }
    const custom = this.list(type).filter((other) => other.hasUniqueValue && !other.hubspotDefined);
    if (definition.hasUniqueValue && custom.length >= MAX_UNIQUE_PROPERTIES) {
      throw invalidRequest(`Only ${MAX_UNIQUE_PROPERTIES} properties with unique values are allowed for ${type.id}`);
    }
    this.#of(type).set(definition.name, definition);
    return definition;
  }

  /** Puts a changed definition in the place of the one of the same name. */
  replace(type: ObjectType, definition: PropertyDefinition): void {
    this.#of(type).set(definition.name, definition);
  }

  /** The groups of a type by their names; whoever holds them may change them. */
  groups(type: ObjectType): Map<string, PropertyGroup> {
    const groups = this.#groups.get(type.name);
    if (groups === undefined) throw new Error(`no property groups for ${type.name}`);
    return groups;
  }

  #of(type: ObjectType): Map<string, PropertyDefinition> {
    const definitions = this.#byType.get(type.name);
    if (definitions === undefined) throw new Error(`no properties for ${type.name}`);
    return definitions;
  }
}

function sentence(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
