import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A JSON schema as Meta's file has it, without words for people. */
export type Schema = boolean | { readonly [word: string]: unknown };

/** One request that Meta's file shows. `path` keeps its parameters, `@file` in a body stands for the bytes of a file. */
export type RequestExample = {
  readonly method: string;
  readonly path: string;
  readonly name: string;
  readonly contentType?: string;
  readonly body?: unknown;
  readonly query?: Readonly<Record<string, unknown>>;
};

/** The schemas of answers (200) and requests by `METHOD /path`, and what they refer to. */
export type Schemas = {
  readonly answers: Readonly<Record<string, Schema>>;
  readonly requests: Readonly<Record<string, Schema>>;
  readonly $defs: Readonly<Record<string, Schema>>;
};

const read = (name: string): unknown => JSON.parse(readFileSync(join(import.meta.dirname, name), "utf8"));

const EXAMPLES = read("examples.json") as readonly RequestExample[];
const WEBHOOKS = "/whatsapp/webhooks";

/** What an app asks of the platform. */
export const REQUESTS = EXAMPLES.filter(({ path }) => path !== WEBHOOKS);
/** What the platform sends to an app. */
export const WEBHOOK_EXAMPLES = EXAMPLES.filter(({ path }) => path === WEBHOOKS);
export const SCHEMAS = read("schemas.json") as Schemas;

export const titleOf = ({ method, path, name }: RequestExample): string => `${method} ${path}: ${name}`;
