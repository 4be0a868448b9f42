import type { FastifyRequest } from "fastify";

/** The largest file is a document of 100 MB; the rest is for the other parts of the form. */
export const MOST_FORM_BYTES = 101 * 1024 * 1024;

/** Reads a multipart form: texts as strings, files as `File`. What is no form is refused as a bad request. */
export async function parseForm(request: FastifyRequest, body: Buffer): Promise<Record<string, unknown>> {
  const contentType = request.headers["content-type"] ?? "";
  try {
    const form = await new Response(new Uint8Array(body), { headers: { "content-type": contentType } }).formData();
    return Object.fromEntries(form);
  } catch (error) {
    throw Object.assign(new Error("The multipart form cannot be read", { cause: error }), { statusCode: 400 });
  }
}
