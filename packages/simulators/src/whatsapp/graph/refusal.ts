import { ERROR_CATALOGUE } from "../error-catalogue.ts";
import type { CloudErrorCode } from "../error-catalogue.ts";
import { newTraceId } from "../identifiers.ts";

/** The error object of a Graph answer. */
export type GraphError = {
  message: string;
  type: string;
  code: number;
  error_subcode?: number;
  is_transient?: boolean;
  error_user_title?: string;
  error_user_msg?: string;
  error_data?: { messaging_product: "whatsapp"; details: string };
  fbtrace_id: string;
};

/** A request that is refused: the HTTP status and the error as Meta words it. */
export class Refusal {
  readonly status: number;
  readonly error: GraphError;

  constructor(status: number, error: Omit<GraphError, "fbtrace_id">) {
    this.status = status;
    this.error = { ...error, fbtrace_id: newTraceId() };
  }
}

/** A refusal by the Cloud API itself: title by code, the reason in `error_data.details`. */
export function refuseCloud(code: CloudErrorCode, details: string): Refusal {
  const { title, http } = ERROR_CATALOGUE[code];
  return new Refusal(http, {
    message: `(#${code}) ${title}`,
    type: "OAuthException",
    code,
    error_data: { messaging_product: "whatsapp", details },
  });
}

/** A parameter that Graph refuses before the Cloud API sees it: the reason is in the message, without `error_data`. */
export function refuseParameter(reason: string): Refusal {
  return new Refusal(400, { message: `(#100) ${reason}`, type: "OAuthException", code: 100 });
}

/** The object is unknown, or not for this token: Graph does not tell which (code 100, subcode 33). */
export function refuseObject(id: string, method: string): Refusal {
  return new Refusal(400, {
    message:
      `Unsupported ${method.toLowerCase()} request. Object with ID '${id}' does not exist, cannot be loaded due to ` +
      "missing permissions, or does not support this operation. Please read the Graph API documentation at " +
      "https://developers.facebook.com/docs/graph-api",
    type: "GraphMethodException",
    code: 100,
    error_subcode: 33,
  });
}

/** The path names no version, node or edge that exists. */
export function refusePath(path: string): Refusal {
  return new Refusal(400, { message: `Unknown path components: ${path}`, type: "OAuthException", code: 2500 });
}

/** A token that cannot be used, with Graph's own wording; `subcode` 463 is an expired session. */
export function refuseToken(message: string, subcode?: number): Refusal {
  return new Refusal(401, {
    message,
    type: "OAuthException",
    code: 190,
    ...(subcode === undefined ? {} : { error_subcode: subcode }),
  });
}

/** The token lacks a permission: 10 for sending, 200 for managing. */
export function refuseScope(scope: string): Refusal {
  if (scope === "whatsapp_business_messaging") {
    return new Refusal(403, {
      message: "(#10) Application does not have permission for this action",
      type: "OAuthException",
      code: 10,
    });
  }
  return new Refusal(403, {
    message: `(#200) Requires ${scope} permission to manage the object`,
    type: "OAuthException",
    code: 200,
  });
}

/** A template rule that is broken: code 100 with the subcode and the words meant for the person who writes templates. */
export function refuseTemplate(subcode: number, title: string, message: string): Refusal {
  return new Refusal(400, {
    message: "Invalid parameter",
    type: "OAuthException",
    code: 100,
    error_subcode: subcode,
    is_transient: false,
    error_user_title: title,
    error_user_msg: message,
  });
}

/** A request of which a part was done: the error stands beside what was. */
export class PartialRefusal extends Refusal {
  readonly done: object;

  constructor(status: number, error: Omit<GraphError, "fbtrace_id">, done: object) {
    super(status, error);
    this.done = done;
  }
}
