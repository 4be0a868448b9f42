import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";
import postgres from "postgres";

/**
 * The least that a receiver of webhooks can do, to compare ours with: it checks the signature and answers; with a
 * DATABASE_URL it also puts each body into a table, one INSERT for each, before it answers.
 */

const secret = process.env["SECRET"] ?? "";
const url = process.env["DATABASE_URL"];
const sql = url === undefined ? null : postgres(url, { max: 10, onnotice: () => {} });
if (sql)
  await sql`create table if not exists bare_deliveries (id bigint generated always as identity, body text not null)`;

const server = createServer((request, response) => {
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk));
  request.once("end", () => void answer(Buffer.concat(chunks), String(request.headers["x-hub-signature-256"])));
  const answer = async (body: Buffer, signature: string): Promise<void> => {
    const expected = Buffer.from(`sha256=${createHmac("sha256", secret).update(body).digest("hex")}`);
    const given = Buffer.from(signature);
    const isSigned = given.length === expected.length && timingSafeEqual(given, expected);
    if (isSigned && sql) await sql`insert into bare_deliveries (body) values (${body.toString()})`;
    response.writeHead(isSigned ? 200 : 401).end("ok");
  };
});
server.listen(Number(process.env["PORT"]), "::", () => process.stdout.write("listening\n"));
