import { describe, expect, it } from "vitest";
import type { TokenSource } from "./session.ts";
import { createPutFile } from "./upload.ts";

/** A request as the browser makes it, answered by the test. */
class HandMadeRequest extends EventTarget {
  readonly upload = new EventTarget();
  readonly headers: Record<string, string> = {};
  address = "";
  responseType = "";
  status = 0;
  response: unknown = null;
  sent: unknown = null;
  open(method: string, url: string): void {
    this.address = `${method} ${url}`;
  }
  setRequestHeader(name: string, value: string): void {
    this.headers[name] = value;
  }
  send(body: unknown): void {
    this.sent = body;
  }
  abort(): void {
    this.dispatchEvent(new Event("abort"));
  }
  answer(status: number, response: unknown = null): void {
    Object.assign(this, { status, response });
    this.dispatchEvent(new Event("load"));
  }
}

function scene() {
  const requests: HandMadeRequest[] = [];
  const refused: string[] = [];
  const tokens: TokenSource = {
    current: async () => `token-${refused.length}`,
    refuse: (token) => void refused.push(token),
  };
  const put = createPutFile("https://wa.example.com", tokens, () => {
    const request = new HandMadeRequest();
    requests.push(request);
    return request as unknown as XMLHttpRequest;
  });
  const shares: number[] = [];
  const ended = new AbortController();
  const file = new Blob(["abc"], { type: "image/png" });
  const answer = put({ path: "/media/1", file, onProgress: (share) => shares.push(share), signal: ended.signal });
  /** The request with this number, once it is made. */
  const request = async (number: number): Promise<HandMadeRequest> => {
    await expect.poll(() => requests.length, { interval: 1 }).toBe(number);
    return requests[number - 1] ?? expect.fail("no request");
  };
  return { request, requests, refused, shares, ended, answer, file };
}

describe("a file on its way to the server", () => {
  it("carries the token in a header and its own type, and tells how far it is", async () => {
    const { request, answer, shares, file } = scene();
    const http = await request(1);
    expect(http.address).toBe("PUT https://wa.example.com/media/1");
    expect(http.headers).toEqual({ authorization: "Bearer token-0", "content-type": "image/png" });
    expect(http.sent).toBe(file);
    http.upload.dispatchEvent(Object.assign(new Event("progress"), { loaded: 1, total: 4 }));
    http.answer(200, { ok: true });
    expect(await answer).toEqual({ status: 200, body: { ok: true } });
    expect(shares).toEqual([0.25]);
  });

  it("is sent once more with a new token when the old one is refused, and not a third time", async () => {
    const { request, requests, refused, answer } = scene();
    (await request(1)).answer(401);
    const second = await request(2);
    expect(second.headers["authorization"]).toBe("Bearer token-1");
    second.answer(401);
    expect(await answer).toMatchObject({ status: 401 });
    expect([refused, requests.length]).toEqual([["token-0"], 2]);
  });

  it("stops when a person takes it back", async () => {
    const { request, ended, answer } = scene();
    await request(1);
    ended.abort();
    await expect(answer).rejects.toMatchObject({ name: "AbortError" });
  });

  it("is not sent when it was taken back before", async () => {
    const { ended, answer } = scene();
    ended.abort();
    await expect(answer).rejects.toMatchObject({ name: "AbortError" });
  });

  it("says that the server was not reached", async () => {
    const { request, answer } = scene();
    (await request(1)).dispatchEvent(new Event("error"));
    await expect(answer).rejects.toThrow("could not be reached");
  });
});
