import { z } from "zod";
import { refused, SalesforceError } from "../salesforce-error.ts";
import { fillIn, fillInBody } from "./composite-references.ts";
import { readShape } from "./read-body.ts";
import { ok } from "./resource.ts";
import type { Answer, Call, Method, Resource } from "./resource.ts";
import { splitUrl } from "./split-url.ts";
import { readVersion } from "./versions.ts";

const HALTED = new SalesforceError(
  412,
  "BATCH_PROCESSING_HALTED",
  "The batch was halted since an earlier request in it failed.",
);
const ROLLED_BACK = new SalesforceError(
  400,
  "PROCESSING_HALTED",
  "The transaction was rolled back since another operation in the same transaction failed.",
);

const MAX_PARTS = 25;
const MAX_NODES = 500;
const MAX_GRAPHS = 75;

const methodSchema = z.enum(["GET", "POST", "PATCH", "PUT", "DELETE"]);
const partSchema = z.object({
  method: methodSchema,
  url: z.string(),
  referenceId: z.string().regex(/^[A-Za-z]\w*$/u),
  body: z.unknown().optional(),
  httpHeaders: z.record(z.string(), z.string()).default({}),
});
const compositeSchema = z.object({
  allOrNone: z.boolean().default(false),
  collateSubrequests: z.boolean().default(false),
  compositeRequest: z.array(partSchema).min(1),
});
const graphSchema = z.object({
  graphs: z.array(z.object({ graphId: z.string(), compositeRequest: z.array(partSchema).min(1) })).min(1),
});
const batchSchema = z.object({
  haltOnError: z.boolean().default(false),
  batchRequests: z.array(z.object({ method: methodSchema, url: z.string(), richInput: z.unknown().optional() })).min(1),
});

type Part = z.infer<typeof partSchema>;
type PartAnswer = {
  body: unknown;
  httpHeaders: Readonly<Record<string, string>>;
  httpStatusCode: number;
  referenceId: string;
};

/** Several calls in one, which counts once. */
export const COMPOSITE_RESOURCES: readonly Resource[] = [
  { method: "POST", path: "/composite", handle: composite },
  { method: "POST", path: "/composite/graph", handle: graphs },
  { method: "POST", path: "/composite/batch", handle: batch },
];

function composite(call: Call): Answer {
  const { allOrNone, compositeRequest } = readShape(compositeSchema, call);
  requireParts(compositeRequest, MAX_PARTS);
  return ok({ compositeResponse: answerParts(call, compositeRequest, allOrNone) });
}

/** Each graph is done wholly or not at all, whatever becomes of the others. */
function graphs(call: Call): Answer {
  const asked = readShape(graphSchema, call).graphs;
  if (asked.length > MAX_GRAPHS) throw tooMany("graphs", MAX_GRAPHS);
  if (asked.flatMap(({ compositeRequest }) => compositeRequest).length > MAX_NODES) throw tooMany("nodes", MAX_NODES);
  const answers = asked.map(({ graphId, compositeRequest }) => {
    requireParts(compositeRequest, MAX_NODES);
    const compositeResponse = answerParts(call, compositeRequest, true);
    return { graphId, graphResponse: { compositeResponse }, isSuccessful: compositeResponse.every(isWell) };
  });
  return ok({ graphs: answers });
}

function batch(call: Call): Answer {
  const { haltOnError, batchRequests } = readShape(batchSchema, call);
  if (batchRequests.length > MAX_PARTS) throw tooMany("batch requests", MAX_PARTS);
  let halted = false;
  const results = batchRequests.map(({ method, url, richInput }) => {
    const path = url.startsWith("/services/data/") ? url : `/services/data/${url.replace(/^\//u, "")}`;
    const answer = halted ? answerOf(HALTED) : answerPart(call, { method, url: path, body: richInput });
    halted ||= haltOnError && answer.status >= 400;
    return { statusCode: answer.status, result: answer.body ?? null };
  });
  return ok({ hasErrors: results.some(({ statusCode }) => statusCode >= 400), results });
}

/** Thrown to take back what the parts of a call have written so far. */
class PartsRefused extends Error {
  readonly answers: readonly PartAnswer[];

  constructor(answers: readonly PartAnswer[]) {
    super("a part of the call was refused");
    this.answers = answers;
  }
}

function answerParts(call: Call, parts: readonly Part[], allOrNone: boolean): readonly PartAnswer[] {
  try {
    return call.org.atomically(() => {
      const answers = inOrder(call, parts);
      if (allOrNone && !answers.every(isWell)) throw new PartsRefused(answers);
      return answers;
    });
  } catch (error) {
    if (!(error instanceof PartsRefused)) throw error;
    return error.answers.map((answer) =>
      isWell(answer)
        ? { ...answer, body: ROLLED_BACK.body(), httpHeaders: {}, httpStatusCode: ROLLED_BACK.status }
        : answer,
    );
  }
}

/** A part can name what an earlier one answered; one that names a part that failed is not tried. */
function inOrder(call: Call, parts: readonly Part[]): PartAnswer[] {
  const earlier = new Map<string, unknown>();
  return parts.map((part) => {
    const { method, referenceId, httpHeaders } = part;
    const answer = refusalAsAnswer(() => {
      const url = fillIn(part.url, earlier);
      const body = fillInBody(part.body, earlier);
      return answerPart(call, { method, url, body, headers: httpHeaders });
    });
    if (answer.status < 400) earlier.set(referenceId, answer.body ?? {});
    const answered = { body: answer.body ?? null, httpHeaders: answer.headers ?? {} };
    return { ...answered, httpStatusCode: answer.status, referenceId };
  });
}

function answerPart(
  call: Call,
  { method, url, body, headers = {} }: { method: Method; url: string; body: unknown; headers?: Record<string, string> },
): Answer {
  return refusalAsAnswer(() => {
    const { path, query } = splitUrl(url);
    const [, services, data, version = "", ...rest] = path.split("/");
    if (services !== "services" || data !== "data") {
      throw refused("INVALID_INPUT", `The url of a subrequest has to begin with /services/data: ${url}`);
    }
    const own = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]);
    return call.dispatch({
      ...call,
      version: readVersion(version),
      method,
      url,
      path: rest.join("/"),
      query,
      headers: { ...call.headers, ...Object.fromEntries(own) },
      body,
    });
  });
}

function refusalAsAnswer(work: () => Answer): Answer {
  try {
    return work();
  } catch (error) {
    if (error instanceof SalesforceError) return answerOf(error);
    throw error;
  }
}

function answerOf(error: SalesforceError): Answer {
  return { status: error.status, body: error.body() };
}

function requireParts(parts: readonly Part[], max: number): void {
  if (parts.length > max) throw tooMany("subrequests", max);
  const ids = parts.map(({ referenceId }) => referenceId);
  const repeated = ids.find((id, index) => ids.indexOf(id) !== index);
  if (repeated !== undefined) throw refused("INVALID_INPUT", `Duplicate referenceId: ${repeated}`);
}

function tooMany(what: string, max: number): SalesforceError {
  return refused("LIMIT_EXCEEDED", `The request has more than ${max} ${what}`);
}

function isWell({ httpStatusCode }: PartAnswer): boolean {
  return httpStatusCode < 400;
}
