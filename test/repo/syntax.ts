import { parseSync } from "oxc-parser";
import { read } from "./sources.ts";

/** A node of the syntax tree, as ESTree names its fields. */
export type Node = { readonly type: string; readonly [field: string]: unknown };

/** A node with the nodes around it, the nearest last. */
export type Found = { readonly file: string; readonly node: Node; readonly around: readonly Node[] };

/** Every node of a file. */
export function nodesOf(file: string): Found[] {
  const { program, errors } = parseSync(file, read(file));
  if (errors.length > 0) throw new Error(`${file} cannot be parsed: ${errors[0]?.message}`);
  const found: Found[] = [];
  const visit = (value: unknown, around: readonly Node[]): void => {
    if (Array.isArray(value)) for (const item of value) visit(item, around);
    if (!isNode(value)) return;
    found.push({ file, node: value, around });
    const inside = [...around, value];
    for (const child of Object.values(value)) visit(child, inside);
  };
  visit(program, []);
  return found;
}

export function isNode(value: unknown): value is Node {
  return typeof value === "object" && value !== null && "type" in value && typeof value.type === "string";
}

export function nameOf(value: unknown): string | null {
  if (!isNode(value)) return null;
  if (value.type === "Identifier" || value.type === "PrivateIdentifier") return String(value["name"]);
  return value.type === "Literal" && typeof value["value"] === "string" ? value["value"] : null;
}

/** The name of the nearest function around a node: of a declaration, a constant or a property. */
export function functionAround({ around }: Found): string {
  for (const [place, node] of [...around.entries()].toReversed()) {
    const holder = around[place - 1];
    if (node.type === "FunctionDeclaration") return nameOf(node["id"]) ?? "";
    if (!/^(Arrow)?FunctionExpression$/.test(node.type) || !holder) continue;
    const name = { VariableDeclarator: holder["id"], Property: holder["key"] }[holder.type];
    if (name !== undefined) return nameOf(name) ?? "";
  }
  // A step of a builder: `verb: procedure.mutation(() => …)`.
  return nameOf(around.findLast(({ type }) => type === "Property")?.["key"]) ?? "";
}

/** What is called: the function's name, and whether it is asked of an object. */
export function calleeOf(node: Node): { readonly name: string; readonly isMethod: boolean } | null {
  const callee = node["callee"];
  if (node.type !== "CallExpression" || !isNode(callee)) return null;
  const isMethod = callee.type === "MemberExpression";
  const name = nameOf(isMethod ? callee["property"] : callee);
  return name === null ? null : { name, isMethod };
}

/** The text of a string or of a template with `${}` for what is filled in; null for any other node. */
export function textOf(node: Node): string | null {
  if (node.type === "Literal") return typeof node["value"] === "string" ? node["value"] : null;
  if (node.type !== "TemplateLiteral") return null;
  const quasis = node["quasis"] as readonly { readonly value: { readonly cooked: string } }[];
  return quasis.map(({ value }) => value.cooked).join("${}");
}
