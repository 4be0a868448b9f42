import { expect, it } from "vitest";
import { createLog } from "./log.ts";

it("lets no number, wamid or token through, wherever it stands", () => {
  const lines: string[] = [];
  const log = createLog("info", (line) => lines.push(line));
  log.info({ to: "+55 11 91234-5678", auth: "Bearer abc.def", id: "wamid.HBgNNTUx+/=" }, "sent to +5511912345678");
  log.error(new Error("token EAAGm0PX4ZCpsBA and eyJhbGciOi.eyJzdWIi.c2ln"));
  const text = lines.join("");
  expect(lines).toHaveLength(2);
  expect(text).not.toMatch(/91234|abc\.def|HBgN|GmoPX|eyJ/);
  expect(text).toContain("wamid.•••");
});

it("keeps what people wrote out of a database error, and says which one it was", () => {
  const lines: string[] = [];
  const log = createLog("error", (line) => lines.push(line));
  const cause = Object.assign(new Error('invalid input syntax: "my secret"'), { name: "PostgresError", code: "22P02" });
  log.error({
    err: Object.assign(new Error("Failed query: my secret", { cause }), { query: "select $1", params: ["my secret"] }),
  });
  expect(lines.join("")).not.toContain("my secret");
  expect(lines.join("")).toContain("SQLSTATE 22P02");
});

it("keeps it out of an error that repeats the message of its cause, and out of the stack", () => {
  const lines: string[] = [];
  const log = createLog("error", (line) => lines.push(line));
  const message = "Failed query: insert\n    at my secret\nparams: my secret";
  const cause = Object.assign(new Error(message), { query: "insert", params: ["my secret"] });
  log.error({ err: new Error(cause.message, { cause }) }, "a procedure failed");
  expect(lines.join("")).not.toContain("my secret");
  expect(lines.join("")).toContain("a statement failed");
  expect(lines.join("")).toContain("log.test.ts");
});
