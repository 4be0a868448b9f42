import { expect, test } from "vitest";
import { runToEnd } from "./run-to-end.mjs";

const node = (script: string): string[] => [process.execPath, "-e", script];

test("both streams and the exit code are collected", async () => {
  const { code, output } = await runToEnd(node('console.log("out"); console.error("err"); process.exit(4)'));
  expect(code).toBe(4);
  expect(output.split("\n").toSorted()).toEqual(["", "err", "out"]);
});

test("a program that does not exist is a result, not an exception", async () => {
  expect(await runToEnd(["/nonexistent/program"])).toEqual({ code: null, output: expect.stringContaining("ENOENT") });
});

test("a program that takes too long is ended", async () => {
  const started = performance.now();
  const result = await runToEnd(node("setInterval(() => {}, 1000)"), { timeout: 200, killSignal: "SIGKILL" });
  expect(result.code).toBeNull();
  expect(performance.now() - started).toBeLessThan(5000);
});

test("a program that asks for input gets none", async () => {
  const { output } = await runToEnd(node('process.stdin.on("end", () => console.log("no input")).resume()'));
  expect(output).toBe("no input\n");
});
