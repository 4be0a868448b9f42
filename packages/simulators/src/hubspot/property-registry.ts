import { HubSpotError, invalidRequest } from "./api-error.ts";
import { OBJECT_TYPES } from "./object-types.ts";
import type { ObjectType, ObjectTypeName } from "./object-types.ts";
import type { PropertyDefinition } from "./property-definition.ts";
import { STANDARD_PROPERTIES } from "./standard-properties.ts";

/** How many properties with unique values one object type may have. */
const MAX_UNIQUE_PROPERTIES = 10;
const PROPERTY_NAME = /^[a-z][a-z0-9_]*$/u;

/** Which properties the object types of a portal have. */
export class PropertyRegistry {
  readonly #byType = new Map<ObjectTypeName, Map<string, PropertyDefinition>>();

  constructor() {
    for (const { name, singular } of OBJECT_TYPES) {
      const definitions = STANDARD_PROPERTIES[name].map((definition) => ({
        ...definition,
        groupName: `${singular}information`,
      }));
      this.#byType.set(name, new Map(definitions.map((definition) => [definition.name, definition])));
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
   * Adds a custom property. Refused: a name in use (409), a name that is not lower case (400) and, with unique values,
   * an eleventh such property of the type (400).
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

  #of(type: ObjectType): Map<string, PropertyDefinition> {
    const definitions = this.#byType.get(type.name);
    if (definitions === undefined) throw new Error(`no properties for ${type.name}`);
    return definitions;
  }
}
