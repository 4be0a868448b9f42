import { randomUUID } from "node:crypto";

/** One detail inside an error body. */
export type ErrorDetail = { message: string; code?: string; in?: string; context?: Record<string, string[]> };

/** The facts of a HubSpot error body beside `status`, `message` and `correlationId`. */
export type ErrorFacts = {
  category?: string;
  subCategory?: string;
  errors?: readonly ErrorDetail[];
  context?: Record<string, string[]>;
  links?: Record<string, string>;
  /** The fields of a 429, which stand in no other body. */
  errorType?: string;
  policyName?: string;
  requestId?: string;
  /** The fields of a refused OAuth call; `status` stands there in the place of "error". */
  status?: string;
  error?: string;
  error_description?: string;
};

/** A refusal as HubSpot words it. Thrown by handlers; the server turns it into the answer. */
export class HubSpotError extends Error {
  readonly status: number;
  readonly facts: ErrorFacts;

  constructor(status: number, message: string, facts: ErrorFacts = {}) {
    super(message);
    this.status = status;
    this.facts = facts;
  }

  /** The JSON body: `{status: "error", message, correlationId, category?, errors?, …}`. */
  body(correlationId: string = randomUUID()): Record<string, unknown> {
    return { status: "error", message: this.message, correlationId, ...this.facts };
  }
}

/** What is wrong with one property value of a write. `code` is HubSpot's, such as `INVALID_OPTION`. */
export type PropertyProblem = { name: string; code: string; message: string };

/** 400: the request as a whole makes no sense. */
export function invalidRequest(message: string, context?: Record<string, string[]>): HubSpotError {
  return new HubSpotError(400, message, {
    category: "VALIDATION_ERROR",
    ...(context === undefined ? {} : { context }),
  });
}

/** 400 for property values, with every problem named in the message and again under `errors`. */
export function invalidProperties(problems: readonly PropertyProblem[], portalId: number): HubSpotError {
  const listed = problems.map(({ name, code, message }) => ({
    isValid: false,
    message,
    error: code,
    name,
    localizedErrorMessage: message,
    portalId,
  }));
  return new HubSpotError(400, `Property values were not valid: ${JSON.stringify(listed)}`, {
    category: "VALIDATION_ERROR",
    errors: problems.map(({ name, code, message }) => ({ message, code, context: { propertyName: [name] } })),
  });
}

/** 400: properties without which a record of this type is refused. */
export function missingProperties(singular: string, names: readonly string[]): HubSpotError {
  const message = `Error creating ${singular.toUpperCase()}. Some required properties were not set.`;
  return new HubSpotError(400, message, {
    category: "VALIDATION_ERROR",
    errors: [{ message, code: "REQUIRED_FIELD", context: { properties: [...names] } }],
  });
}

/** 404 for a record that is not there, archived records included. */
export function objectNotFound(ids: readonly string[] = []): HubSpotError {
  return new HubSpotError(404, "Object not found.  objectId are usually numeric.", {
    category: "OBJECT_NOT_FOUND",
    ...(ids.length === 0 ? {} : { context: { ids: [...ids] } }),
  });
}

/** 409 with the id of the record that already holds the unique value: clients read it out of the message. */
export function alreadyExists(singular: string, existingId: string): HubSpotError {
  const subject = singular.charAt(0).toUpperCase() + singular.slice(1);
  return new HubSpotError(409, `${subject} already exists. Existing ID: ${existingId}`, { category: "CONFLICT" });
}

/** 400: a property that cannot identify a record. The record id is such a one, too, where an `idProperty` is asked for. */
export function nonUniqueProperty(typeId: string, name: string, portalId: number): HubSpotError {
  return invalidRequest(`Unable to perform update by non-unique ${typeId} property ${name} in portal ID ${portalId}`);
}
