import type { z } from "zod";
import { SalesforceError } from "../salesforce-error.ts";
import type { Given } from "../records/read-values.ts";
import type { Call } from "./resource.ts";

/** The members of a call's body. Refuses (400) a missing one, and what is no object. */
export function readMembers({ body }: Pick<Call, "body">): Given {
  if (body === undefined) {
    throw new SalesforceError(
      400,
      "JSON_PARSER_ERROR",
      "The HTTP entity body is required, but this request has no entity body.",
    );
  }
  if (!isMembers(body)) throw unreadable("Can not deserialize: expected an object");
  return body;
}

/** Reads a body of a fixed shape; refuses (400) another one. */
export function readShape<T>(schema: z.ZodType<T>, call: Pick<Call, "body">): T {
  const parsed = schema.safeParse(readMembers(call));
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  throw unreadable(`${issue?.path.join(".") ?? ""}: ${issue?.message ?? "unreadable"}`);
}

function isMembers(value: unknown): value is Given {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function unreadable(reason: string): SalesforceError {
  return new SalesforceError(400, "JSON_PARSER_ERROR", `${reason} at [line:1, column:1]`);
}
