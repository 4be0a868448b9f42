import { randomPort } from "@aparte/launch/ports.ts";
import { createServer, request, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import postgres from "postgres";
import { afterAll, beforeAll, expect, it } from "vitest";
import { becomes, sendFile } from "../support/files.ts";
import { newNumber } from "../support/meta-webhook.ts";
import { startWorld, type World } from "../support/world.ts";

const mb = 1024 * 1024;

let world: World;
let sql: postgres.Sql;
let graph: Server;
/** Bytes of the file that were written until we had enough of it. */
let written = 0;
beforeAll(async () => {
  world = await startWorld({ graphUrl: startGraph });
  sql = postgres(world.database.url, { max: 1 });
});
afterAll(async () => {
  await sql?.end();
  await world?.close();
  graph?.closeAllConnections();
  graph?.close();
});

/** A way to the simulator with a file server of its own, whose files are larger than WhatsApp carries. */
async function startGraph(simulatorPort: number): Promise<string> {
  const port = await randomPort();
  const origin = `http://localhost:${port}`;
  graph = createServer((incoming, outgoing) => {
    const media = /^\/v26\.0\/(\d+)\?.*phone_number_id=/.exec(incoming.url ?? "")?.[1];
    if (incoming.url?.startsWith("/announced")) announce(outgoing);
    else if (incoming.url?.startsWith("/endless")) pour(outgoing);
    else if (media === undefined) pass(simulatorPort, incoming, outgoing);
    else {
      const url = `${origin}/${Number(media) % 2 === 0 ? "announced" : "endless"}`;
      outgoing.end(JSON.stringify({ url, mime_type: "application/pdf", id: media }));
    }
  });
  await new Promise<void>((resolve) => graph.listen(port, "::", resolve));
  return origin;
}

function announce(outgoing: ServerResponse): void {
  outgoing.writeHead(200, { "content-length": String(100 * mb + 1) });
  outgoing.write("%PDF-1.4");
}

function pour(outgoing: ServerResponse): void {
  const more = (): void => {
    do written += mb;
    while (!outgoing.destroyed && outgoing.write(Buffer.alloc(mb)));
  };
  outgoing.on("drain", more);
  more();
}

function pass(port: number, incoming: IncomingMessage, outgoing: ServerResponse): void {
  const { method, url, headers } = incoming;
  const onward = request({ port, host: "localhost", method, path: url, headers }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(outgoing);
  });
  incoming.pipe(onward);
}

it("a file of more than 100 MB is refused by what is announced, or else where it passes the limit", async () => {
  const document = { id: "2000000000000000", mime_type: "application/pdf", sha256: "", filename: "large.pdf" };
  const announced = await sendFile(world, sql, { from: newNumber(), type: "document", document });
  expect(await becomes(sql, announced, "refused")).toMatchObject({ problem: "media.too_large", size: null });
  expect(written).toBe(0);
  const endless = await sendFile(world, sql, {
    from: newNumber(),
    type: "document",
    document: { ...document, id: "2000000000000001" },
  });
  expect(await becomes(sql, endless, "refused")).toMatchObject({ problem: "media.too_large", size: null });
  // What stood in the sockets' buffers comes on top.
  expect(written / mb).toBeGreaterThan(100);
  expect(written / mb).toBeLessThan(130);
});
