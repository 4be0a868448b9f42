import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import type { RequestExample, Schema } from "./condensed.ts";

/**
 * Condenses Meta's OpenAPI file of the Business Messaging API to what these tests need, into `examples.json` and
 * `schemas.json` beside this file: `node test/contract/openapi/condense.ts <path of the yaml file>`. Only facts are
 * kept: requests by example, and of the schemas the words that decide whether a value fits. To be run again when Meta
 * publishes a new edition.
 */

type Json = Record<string, unknown>;

const KEPT = new Set(
  "type required enum const pattern format minLength maxLength minItems maxItems uniqueItems minimum maximum".split(
    " ",
  ),
);
const NESTED = ["items", "additionalProperties", "not"] as const;
const METHODS = ["get", "post", "delete"] as const;
/** A page further on in some list of Meta's: cursors mean nothing elsewhere. */
const CURSORS = new Set(["after", "before"]);

const [source] = process.argv.slice(2);
if (source === undefined) throw new Error("Which file? Give the path of Meta's OpenAPI file as the first argument.");
const root = parse(readFileSync(source, "utf8")) as Json;
const defs: Record<string, Schema> = {};
const answers: Record<string, Schema> = {};
const requests: Record<string, Schema> = {};
const examples: RequestExample[] = [];

for (const [path, operations] of Object.entries(record(root.paths))) {
  for (const method of METHODS) {
    const operation = record(operations)[method];
    if (operation !== undefined) condense(method.toUpperCase(), path.replace("/{Version}", ""), record(operation));
  }
}
write("examples.json", `[\n${examples.map((example) => JSON.stringify(example)).join(",\n")}\n]\n`);
write(
  "schemas.json",
  `{${[section("answers", answers), section("requests", requests), section("$defs", defs)].join()}}\n`,
);

function condense(method: string, path: string, operation: Json): void {
  const key = `${method} ${path}`;
  const responses = record(operation.responses);
  const answer = schemaOf(record(responses["200"] ?? {}));
  if (answer !== undefined) answers[key] = answer;
  // What is read has no body, although the file gives one to the assets of a flow.
  const contents = method === "GET" ? {} : record(record(resolve(operation.requestBody ?? {})).content ?? {});
  const json = contents["application/json"] ?? contents["application/x-www-form-urlencoded"];
  const request = json === undefined ? undefined : schemaOf({ content: { "application/json": json } });
  if (request !== undefined) requests[key] = request;
  for (const [contentType, content] of Object.entries(contents)) {
    for (const [name, body] of bodiesOf(record(content))) {
      examples.push({ method, path, name, contentType, body });
    }
  }
  if (Object.keys(contents).length === 0) examples.push(...queriesOf(method, path, operation));
}

/** The bodies that a request is shown with; put together from its properties when there is none. */
function bodiesOf(content: Json): [string, unknown][] {
  const named = Object.entries(record(content.examples ?? {}));
  if (named.length > 0) return named.map(([name, example]) => [name, record(resolve(example)).value]);
  return [["by its properties", content.example ?? sampleOf(content.schema)]];
}

/** A request without a body: with the parameters that it must have, and with all that it can have. */
function queriesOf(method: string, path: string, operation: Json): RequestExample[] {
  const parameters = ((operation.parameters ?? []) as unknown[])
    .map((parameter) => record(resolve(parameter)))
    .filter((parameter) => parameter.in === "query" && !CURSORS.has(String(parameter.name)))
    .map(({ name, required, example, schema }) => ({
      name: String(name),
      isRequired: required === true,
      value: example ?? record(resolve(schema)).example ?? sampleOf(schema),
    }))
    .filter(({ value }) => value !== undefined);
  const query = (chosen: typeof parameters) => Object.fromEntries(chosen.map(({ name, value }) => [name, value]));
  const required = parameters.filter(({ isRequired }) => isRequired);
  const plain = { method, path, name: "plain", query: query(required) };
  const isSame = required.length === parameters.length;
  return isSame ? [plain] : [plain, { method, path, name: "with every parameter", query: query(parameters) }];
}

function sampleOf(schema: unknown): unknown {
  const { example, const: fixed, enum: values, properties, items, format, default: usual } = record(resolve(schema));
  if (example !== undefined) return example;
  if (format === "binary") return "@file";
  if (properties !== undefined) {
    const samples = Object.entries(record(properties)).map(([name, property]) => [name, sampleOf(property)]);
    return Object.fromEntries(samples.filter(([, value]) => value !== undefined));
  }
  if (items !== undefined) return [sampleOf(items)].filter((item) => item !== undefined);
  return fixed ?? (Array.isArray(values) ? values[0] : usual);
}

function schemaOf(response: Json): Schema | undefined {
  const schema = record(record(resolve(response)).content ?? {})["application/json"];
  return schema === undefined ? undefined : reduce(record(schema).schema ?? {});
}

/** Keeps of a schema what decides, and collects what it refers to. `oneOf` is read as `anyOf`: Meta's choices overlap. */
function reduce(schema: unknown): Schema {
  if (typeof schema === "boolean") return schema;
  const given = record(schema);
  if (typeof given.$ref === "string") return { $ref: collect(given.$ref) };
  const reduced: Json = Object.fromEntries(Object.entries(given).filter(([word]) => KEPT.has(word)));
  if (given.nullable === true) reduced.type = [given.type, "null"];
  for (const word of NESTED) if (given[word] !== undefined) reduced[word] = reduce(given[word]);
  if (given.properties !== undefined) {
    const properties = Object.entries(record(given.properties));
    reduced.properties = Object.fromEntries(properties.map(([name, property]) => [name, reduce(property)]));
  }
  for (const word of ["allOf", "anyOf", "oneOf"]) {
    const parts = given[word];
    if (Array.isArray(parts)) reduced[word === "oneOf" ? "anyOf" : word] = parts.map(reduce);
  }
  return reduced;
}

function collect(ref: string): string {
  const name = ref.split("/").at(-1) ?? "";
  if (defs[name] === undefined) {
    defs[name] = {};
    defs[name] = reduce(resolve({ $ref: ref }));
  }
  return `#/$defs/${name}`;
}

function resolve(value: unknown): unknown {
  const { $ref } = record(value);
  if (typeof $ref !== "string") return value;
  let found: unknown = root;
  for (const step of $ref.split("/").slice(1)) found = record(found)[step];
  return resolve(found);
}

function record(value: unknown): Json {
  return typeof value === "object" && value !== null ? (value as Json) : {};
}

function section(name: string, schemas: Record<string, Schema>): string {
  const lines = Object.entries(schemas).map(([key, schema]) => `${JSON.stringify(key)}:${JSON.stringify(schema)}`);
  return `\n${JSON.stringify(name)}:{\n${lines.join(",\n")}\n}`;
}

function write(name: string, text: string): void {
  writeFileSync(join(import.meta.dirname, name), text);
}
