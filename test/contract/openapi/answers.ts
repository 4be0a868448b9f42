import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { SCHEMAS, type RequestExample } from "./condensed.ts";

/** Meta's file is full of patterns that are only meant roughly; `strict` would stop at its own slips. */
const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);
ajv.addSchema({ $id: "meta", $defs: SCHEMAS.$defs });

const pointed = (schema: unknown): unknown =>
  JSON.parse(JSON.stringify(schema).replaceAll('"#/$defs/', '"meta#/$defs/'));

const validators = new Map(
  Object.entries(SCHEMAS.answers).map(([key, schema]) => [key, ajv.compile(pointed(schema) as object)] as const),
);

/**
 * How an answer differs from its schema, one line each, with `*` for the place in a list; nothing when it fits or when
 * Meta gives no schema. Where the request chose its `fields`, others may be missing.
 */
export function misfits({ method, path, query }: RequestExample, answer: unknown): string[] {
  const validate = validators.get(`${method} ${path}`);
  if (validate === undefined || validate(answer)) return [];
  const errors = (validate.errors ?? []).filter(({ keyword }) => query?.fields === undefined || keyword !== "required");
  return errors.map(({ instancePath, message }) => {
    return `${instancePath.replaceAll(/\/\d+/gu, "/*") || "/"} ${message ?? ""}`;
  });
}
