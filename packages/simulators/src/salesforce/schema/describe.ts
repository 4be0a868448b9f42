import type { Field, FieldType } from "./field.ts";
import type { ObjectType } from "./object-type.ts";
import type { Schema } from "./schema.ts";

/** SOAP's names of the types, where they are not XML's own. */
const SOAP_TYPES: Readonly<Record<FieldType, string>> = {
  id: "tns:ID",
  reference: "tns:ID",
  string: "xsd:string",
  textarea: "xsd:string",
  phone: "xsd:string",
  email: "xsd:string",
  url: "xsd:string",
  picklist: "xsd:string",
  boolean: "xsd:boolean",
  int: "xsd:int",
  double: "xsd:double",
  currency: "xsd:double",
  date: "xsd:date",
  datetime: "xsd:dateTime",
  base64: "xsd:base64Binary",
};

const DOUBLE = { precision: 18, scale: 2 } as const;
const NUMBERS: Partial<Record<FieldType, { precision: number; scale: number; digits: number }>> = {
  int: { precision: 0, scale: 0, digits: 8 },
  double: { ...DOUBLE, digits: 0 },
  currency: { ...DOUBLE, digits: 0 },
};

/** An object as the list of all objects has it. `base`: path of the version, `/services/data/v67.0`. */
export function describeBriefly(type: ObjectType, base: string): Record<string, unknown> {
  const { name, label, labelPlural, keyPrefix, custom, writable, mergeable } = type;
  const urls = {
    sobject: `${base}/sobjects/${name}`,
    describe: `${base}/sobjects/${name}/describe`,
    rowTemplate: `${base}/sobjects/${name}/{ID}`,
  };
  return {
    name,
    label,
    labelPlural,
    keyPrefix,
    custom,
    customSetting: false,
    deprecatedAndHidden: false,
    activateable: false,
    createable: writable,
    updateable: writable,
    deletable: writable,
    undeletable: type.field("IsDeleted") !== undefined && writable,
    layoutable: true,
    mergeable,
    queryable: true,
    replicateable: true,
    retrieveable: true,
    searchable: true,
    triggerable: writable,
    urls,
  };
}

/** Everything about an object: what callers read to know which fields they can set, filter and look up by. */
export function describeObject(schema: Schema, type: ObjectType, base: string): Record<string, unknown> {
  return {
    ...describeBriefly(type, base),
    fields: type.fields.map((field) => describeField(schema, field)),
    childRelationships: childRelationships(schema, type),
    recordTypeInfos: [],
    actionOverrides: [],
    supportedScopes: [{ label: `All ${type.labelPlural}`, name: "everything" }],
  };
}

function describeField(schema: Schema, field: Field): Record<string, unknown> {
  const { values, defaultValue, restricted, relationshipName, referenceTo, ...flags } = field;
  const { childRelationshipName: _childName, part: _part, cascadeDelete, ...facts } = flags;
  return {
    ...facts,
    soapType: SOAP_TYPES[field.type],
    byteLength: field.length * 3,
    ...(NUMBERS[field.type] ?? { precision: 0, scale: 0, digits: 0 }),
    restrictedPicklist: restricted,
    defaultValue: field.type === "boolean" ? defaultValue : null,
    defaultedOnCreate: defaultValue !== null || field.name === "OwnerId" || !field.createable,
    picklistValues: values.map((value) => ({
      active: true,
      defaultValue: value === defaultValue,
      label: value,
      validFor: null,
      value,
    })),
    referenceTo: referenceTo.filter((name) => schema.find(name) !== undefined),
    relationshipName,
    cascadeDelete,
    polymorphicForeignKey: referenceTo.length > 1,
    groupable: field.sortable && field.type !== "datetime",
    aggregatable: field.sortable,
    calculated: false,
    autoNumber: false,
    permissionable: field.createable && field.nillable,
    deprecatedAndHidden: false,
    htmlFormatted: false,
    encrypted: false,
  };
}

function childRelationships(schema: Schema, parent: ObjectType): Record<string, unknown>[] {
  return schema.list().flatMap((child) =>
    child.fields
      .filter(({ referenceTo }) => referenceTo.includes(parent.name))
      .map(({ name, childRelationshipName, cascadeDelete }) => ({
        childSObject: child.name,
        field: name,
        relationshipName: childRelationshipName,
        cascadeDelete,
        restrictedDelete: false,
        deprecatedAndHidden: false,
      })),
  );
}
