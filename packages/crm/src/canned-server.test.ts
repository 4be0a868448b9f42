import { afterEach, expect, it, vi } from "vitest";
import { cannedServer } from "./canned-server.ts";

afterEach(() => vi.restoreAllMocks());

it("takes another port where somebody listens already", async () => {
  // The first two draw the same port.
  vi.spyOn(Math, "random").mockReturnValueOnce(0.5).mockReturnValueOnce(0.5);
  await using first = await cannedServer();
  await using second = await cannedServer({ status: 204 });
  expect(second.url).not.toBe(first.url);
  expect((await fetch(second.url)).status).toBe(204);
});
