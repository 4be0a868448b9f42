/** A refusal as Salesforce words it. Thrown by handlers; the server turns it into the answer. */
export class SalesforceError extends Error {
  readonly status: number;
  readonly errorCode: string;
  /** Fields that the refusal is about; undefined for errors whose body has no such list. */
  readonly fields: readonly string[] | undefined;
  /** Further members of the error, such as `duplicateResult`. */
  readonly facts: Readonly<Record<string, unknown>>;

  constructor(
    status: number,
    errorCode: string,
    message: string,
    details: { fields?: readonly string[]; facts?: Readonly<Record<string, unknown>> } = {},
  ) {
    super(message);
    this.status = status;
    this.errorCode = errorCode;
    this.fields = details.fields;
    this.facts = details.facts ?? {};
  }

  /** The JSON body: an array of one error. */
  body(): readonly Record<string, unknown>[] {
    const fields = this.fields === undefined ? {} : { fields: this.fields };
    return [{ message: this.message, errorCode: this.errorCode, ...fields, ...this.facts }];
  }

  /** The error as it stands in the `errors` of one record of a collection: the code is called `statusCode` there. */
  inCollection(): Record<string, unknown> {
    return { statusCode: this.errorCode, message: this.message, fields: this.fields ?? [], ...this.facts };
  }
}

/** 404 for a path that leads nowhere. */
export function notFound(message = "The requested resource does not exist"): SalesforceError {
  return new SalesforceError(404, "NOT_FOUND", message);
}

/** 404: the record is in the recycle bin. */
export function entityIsDeleted(): SalesforceError {
  return new SalesforceError(404, "ENTITY_IS_DELETED", "entity is deleted", { fields: [] });
}

/** 400: a body that names an object which does not exist for this caller. In a path it is a resource not found. */
export function invalidType(name: string): SalesforceError {
  return new SalesforceError(400, "INVALID_TYPE", `sObject type '${name}' is not supported.`);
}

export function malformedId(given: string, field = "Id"): SalesforceError {
  return new SalesforceError(400, "MALFORMED_ID", `${field}: id value of incorrect type: ${given}`, {
    fields: [field],
  });
}

/** 400: a field that the object does not have. */
export function noSuchField(field: string, type: string): SalesforceError {
  return new SalesforceError(400, "INVALID_FIELD", `No such column '${field}' on sobject of type ${type}`);
}

/** 400 with the code of a rule and the fields it is about. */
export function refused(errorCode: string, message: string, fields: readonly string[] = []): SalesforceError {
  return new SalesforceError(400, errorCode, message, { fields });
}
