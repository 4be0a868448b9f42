import { readdir, readFile } from "node:fs/promises";
import { extname, sep } from "node:path";
import type { FastifyInstance } from "fastify";

const CONTENT_TYPES: Readonly<Record<string, string>> = {
  ".js": "text/javascript; charset=utf-8",
  ".css": "text/css; charset=utf-8",
  ".svg": "image/svg+xml",
};
const FOLDER = new URL("browser/", import.meta.url);

/** Serves the scripts, styles and icons that the browser runs, under `/_pages/`, as they stand in their folder. */
export async function mountBrowserFiles(app: FastifyInstance): Promise<void> {
  for (const file of await readdir(FOLDER, { recursive: true })) {
    const type = CONTENT_TYPES[extname(file)];
    if (type === undefined) continue;
    const path = file.replaceAll(sep, "/");
    app.get(`/_pages/${path}`, async (_request, reply) => reply.type(type).send(await readFile(new URL(path, FOLDER))));
  }
}
