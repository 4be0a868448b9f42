import { Ajv2020 } from "ajv/dist/2020.js";
import addFormats from "ajv-formats";
import { SCHEMAS } from "./condensed.ts";
import { ANSWERED_OTHERWISE } from "./outdated.ts";

/** Meta's file is full of patterns that are only meant roughly; `strict` would stop at its own slips. */
const ajv = new Ajv2020({ strict: false, allErrors: true });
addFormats.default(ajv);
ajv.addSchema({ $id: "meta", $defs: SCHEMAS.$defs });

const pointed = (schema: unknown): unknown =>
  JSON.parse(JSON.stringify(schema).replaceAll('"#/$defs/', '"meta#/$defs/'));

const validators = new Map(
  Object.entries(SCHEMAS.answers).map(([key, schema]) => [key, ajv.compile(pointed(schema) as object)] as const),
);

/** How an answer differs from its schema, one line each, `*` for the place in a list; nothing when it fits or when Meta gives no schema. */
export function misfits(key: string, answer: unknown): string[] {
  const validate = validators.get(key);
  if (validate === undefined || validate(answer)) return [];
  const found = (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath || "/"} ${message ?? ""}`);
  return found.filter((misfit) => !ANSWERED_OTHERWISE[key]?.includes(misfit));
}
