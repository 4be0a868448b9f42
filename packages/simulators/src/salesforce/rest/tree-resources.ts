import { z } from "zod";
import { requireType, requireWritable } from "../records/find-record.ts";
import { createRecord } from "../records/save-record.ts";
import { writeOf } from "../records/write.ts";
import type { Write } from "../records/write.ts";
import { invalidType, refused, SalesforceError } from "../salesforce-error.ts";
import type { Field } from "../schema/field.ts";
import type { ObjectType } from "../schema/object-type.ts";
import { readShape } from "./read-body.ts";
import { param } from "./resource.ts";
import type { Answer, Call, Resource } from "./resource.ts";

const MAX_RECORDS = 200;

const nodeSchema = z.looseObject({ attributes: z.object({ type: z.string(), referenceId: z.string() }) });
const branchSchema = z.object({ records: z.array(nodeSchema) });

/** A record to be created, and what links it to the one above it. */
type Node = { type: ObjectType; given: z.infer<typeof nodeSchema>; link: Readonly<Record<string, string>> };

/** Thrown to take a tree back: which record was refused, and why. */
class TreeRefused extends Error {
  readonly referenceId: string;
  readonly refusal: SalesforceError;

  constructor(referenceId: string, refusal: SalesforceError) {
    super(refusal.message);
    this.referenceId = referenceId;
    this.refusal = refusal;
  }
}

/** Records with the records below them, in one call: all are created, or none. */
export const TREE_RESOURCES: readonly Resource[] = [
  { method: "POST", path: "/composite/tree/:object", handle: createTree },
];

function createTree(call: Call): Answer {
  const type = requireType(call.org, param(call, "object"));
  const nodes = readShape(branchSchema, call).records.map((given) => ({ type, given, link: {} }));
  try {
    const results = call.org.atomically(() => createAll(writeOf(call), nodes));
    return { status: 201, body: { hasErrors: false, results } };
  } catch (error) {
    if (!(error instanceof TreeRefused)) throw error;
    const { referenceId, refusal } = error;
    return { status: 400, body: { hasErrors: true, results: [{ referenceId, errors: [refusal.inCollection()] }] } };
  }
}

/** Creates level by level: those below a record come after it. */
function createAll(write: Write, roots: readonly Node[]): { referenceId: string; id: string }[] {
  const created: { referenceId: string; id: string }[] = [];
  const waiting: Node[] = [...roots];
  for (const node of waiting) {
    const { referenceId } = node.given.attributes;
    try {
      if (created.some((other) => other.referenceId === referenceId)) {
        throw refused("INVALID_INPUT", "Duplicate ReferenceId provided in the request.");
      }
      if (created.length >= MAX_RECORDS) throw refused("LIMIT_EXCEEDED", `A tree has at most ${MAX_RECORDS} records`);
      const { id, below } = createNode(write, node);
      created.push({ referenceId, id });
      waiting.push(...below);
    } catch (error) {
      throw error instanceof SalesforceError ? new TreeRefused(referenceId, error) : error;
    }
  }
  return created;
}

function createNode(write: Write, { type, given, link }: Node): { id: string; below: Node[] } {
  if (given.attributes.type.toLowerCase() !== type.name.toLowerCase()) throw invalidType(given.attributes.type);
  requireWritable(type, "create");
  const members = Object.entries(given);
  const branches = members.flatMap(([name, value]) => {
    const child = childOf(write, type, name);
    const parsed = branchSchema.safeParse(value);
    return child === undefined || !parsed.success ? [] : [{ name, ...child, nodes: parsed.data.records }];
  });
  const own = members.filter(([name]) => branches.every((branch) => branch.name !== name));
  const { id } = createRecord(write, type, { ...Object.fromEntries(own), ...link });
  const below = branches.flatMap((branch) =>
    branch.nodes.map((node) => ({ type: branch.type, given: node, link: { [branch.field.name]: id } })),
  );
  return { id, below };
}

/** The object and its field behind the name that a parent has for the records below it. */
function childOf({ org }: Write, parent: ObjectType, name: string): { type: ObjectType; field: Field } | undefined {
  for (const type of org.schema.list()) {
    const field = type.fields.find(
      ({ childRelationshipName, referenceTo }) => childRelationshipName === name && referenceTo.includes(parent.name),
    );
    if (field !== undefined) return { type, field };
  }
  return undefined;
}
