import type { PublicFile } from "./model.ts";
import type { FastifyInstance } from "fastify";
import { randomBytes } from "node:crypto";
import type { Sim } from "../sim.ts";

const PATH = "/scontent";

/** Puts a file where anyone with the link can load it; returns the link. */
export function publish(sim: Sim, file: PublicFile): string {
  const name = randomBytes(18).toString("base64url");
  sim.state.publicFiles.set(name, file);
  return `${sim.origin}${PATH}/${name}`;
}

/** Whether a link is one of those that `publish` gave out. */
export function isPublished(sim: Sim, link: string): boolean {
  const prefix = `${sim.origin}${PATH}/`;
  return link.startsWith(prefix) && sim.state.publicFiles.has(link.slice(prefix.length));
}

/** Mounts the public files: pictures of profiles, QR codes, samples of templates, the JSON of flows. */
export function mountPublicFiles(app: FastifyInstance, sim: Sim): void {
  app.get<{ Params: { name: string } }>(`${PATH}/:name`, (request, reply) => {
    const file = sim.state.publicFiles.get(request.params.name);
    if (file === undefined) return reply.code(404).type("text/plain").send("Not Found");
    return reply.type(file.mimeType).header("cache-control", "max-age=1209600").send(Buffer.from(file.bytes));
  });
}
