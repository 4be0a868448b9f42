import type { FastifyRequest } from "fastify";
import { SalesforceError } from "../salesforce-error.ts";

/** The JSON body of a call; undefined where there is none. Refuses (415, 400) other formats and broken JSON. */
export function readJsonBody(request: FastifyRequest): unknown {
  const { body } = request;
  if (!Buffer.isBuffer(body) || body.length === 0) return undefined;
  const contentType = request.headers["content-type"] ?? "";
  if (!/^application\/json\b/iu.test(contentType)) {
    throw new SalesforceError(
      415,
      "UNSUPPORTED_MEDIA_TYPE",
      `The ${request.method} method does not support content type ${contentType}`,
    );
  }
  try {
    return JSON.parse(body.toString());
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new SalesforceError(400, "JSON_PARSER_ERROR", "Unexpected character at [line:1, column:1]");
  }
}
