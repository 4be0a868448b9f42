import { describe, expect, it } from "vitest";
import type { FileToUpload } from "./media-file.ts";
import { appSecret, graph, json, metaError, type Answer } from "./testing/graph-server.ts";

function file(bytes: Uint8Array, more: Partial<FileToUpload> = {}): FileToUpload {
  const read = async function* (offset: number) {
    for (let at = offset; at < bytes.byteLength; at += 1000) yield bytes.subarray(at, at + 1000);
  };
  return { mimeType: "image/png", fileName: "a.png", size: bytes.byteLength, read, ...more };
}

async function collect(bytes: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of bytes) chunks.push(chunk);
  return Buffer.concat(chunks);
}

const noise = Buffer.from(Array.from({ length: 5000 }, (_, index) => (index * 7) % 256));

describe("handing a file over", () => {
  it("sends a form with the bytes, their type and their length", async () => {
    const { client, received } = await graph(json({ id: "1037" }), { appSecret });
    const name = 'a"b\r\nc é.png';
    expect(await client.uploadMedia("81", file(noise, { fileName: name }))).toEqual({ ok: true, value: "1037" });
    const [one] = received;
    expect([one?.method, one?.url.pathname]).toEqual(["POST", "/v26.0/81/media"]);
    expect(one?.url.searchParams.has("appsecret_proof")).toBe(true);
    expect(Number(one?.headers["content-length"])).toBe(one?.bytes.byteLength);
    expect(one?.headers["transfer-encoding"]).toBeUndefined();
    const type = one?.headers["content-type"] ?? "";
    const form = await new Response(new Uint8Array(one?.bytes ?? []), { headers: { "content-type": type } }).formData();
    expect([form.get("messaging_product"), form.get("type")]).toEqual(["whatsapp", "image/png"]);
    const sent = form.get("file");
    if (!(sent instanceof File)) throw new Error("there is no file in the form");
    expect([sent.type, Buffer.from(await sent.arrayBuffer()).equals(noise)]).toEqual(["image/png", true]);
    expect(sent.name).toContain("é.png");
  });

  it("hands on a refusal, and throws what the reader of the file threw", async () => {
    const { client } = await graph(metaError(131053, 400, "too large"));
    expect(await client.uploadMedia("81", file(noise))).toMatchObject({ ok: false, error: { code: 131053 } });
    const broken = file(noise, {
      read: async function* () {
        yield noise.subarray(0, 10);
        await Promise.resolve();
        throw new Error("the disk is gone");
      },
    });
    await expect(client.uploadMedia("81", broken)).rejects.toThrow("the disk is gone");
  });
});

describe("fetching a file", () => {
  const sha256 = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

  it("asks for its address, for one number or for all", async () => {
    const url = "https://lookaside.fbsbx.com/whatsapp_business/attachments/?mid=1037&ext=1&hash=x";
    const { client, received } = await graph(
      json({ url, mime_type: "image/png", sha256, file_size: "5000", id: "1037" }),
    );
    const value = { url, mimeType: "image/png", sha256, size: 5000 };
    expect(await client.mediaUrl("1037", "81")).toEqual({ ok: true, value });
    expect(await client.mediaUrl("1037", null)).toEqual({ ok: true, value });
    expect(received.map((one) => one.url.searchParams.get("phone_number_id"))).toEqual(["81", null]);
  });

  it.each([
    "https://fbsbx.com.evil.example/",
    "http://lookaside.fbsbx.com/",
    "https://169.254.169.254/",
    "file:///etc",
  ])("takes the token nowhere else: %s", async (url) => {
    const { client } = await graph(json({ url, mime_type: "image/png" }));
    expect(await client.mediaUrl("1037", null)).toEqual({ ok: false, error: null, reason: "unreadable_answer" });
    await expect(client.downloadMedia(url, 10_000)).rejects.toThrow("not one of Meta's files");
  });

  it("streams the bytes", async () => {
    const { client, baseUrl, received } = await graph((response) =>
      response.writeHead(200, { "content-type": "image/png", "content-length": "5000" }).end(noise),
    );
    const got = await client.downloadMedia(`${baseUrl}/attachments/?mid=1`, 5000);
    if (!got.ok) throw new Error(got.reason ?? "refused");
    expect([got.value.mimeType, got.value.size]).toEqual(["image/png", 5000]);
    expect((await collect(got.value.bytes)).equals(noise)).toBe(true);
    expect(received[0]).toMatchObject({ method: "GET", token: "Bearer EAAtest" });
  });

  it.each<readonly [string, Answer, object]>([
    ["its time is over", (response) => response.writeHead(404).end("gone"), { reason: "unreadable_answer" }],
    ["Meta says no", metaError(190, 401), { error: { code: 190 } }],
    ["the server fails", (response) => response.writeHead(500).end(), { reason: "server_error" }],
    [
      "it leads elsewhere",
      (response) => response.writeHead(302, { location: "http://127.0.0.1:1/" }).end(),
      { reason: "redirected" },
    ],
    [
      "it says that it is too large",
      (response) => response.writeHead(200, { "content-length": "5001" }).end(Buffer.alloc(5001)),
      { reason: "too_large" },
    ],
    ["the connection is cut", (response) => response.destroy(), { reason: "connection_lost" }],
  ])("tells when %s", async (_when, answer, outcome) => {
    const { client, baseUrl } = await graph(answer);
    expect(await client.downloadMedia(`${baseUrl}/x`, 5000)).toMatchObject({ ok: false, ...outcome });
  });

  it("breaks off when there is more than allowed, when the rest never comes, and when it is too slow", async () => {
    const endless = await graph((response) => {
      const more = () => response.writableEnded || response.write(Buffer.alloc(1000), more);
      response.writeHead(200);
      more();
    });
    const flood = await endless.client.downloadMedia(`${endless.baseUrl}/x`, 5000);
    if (!flood.ok) throw new Error("refused");
    await expect(collect(flood.value.bytes)).rejects.toThrow("more than 5000 bytes");

    const cut = await graph((response) => {
      response.writeHead(200, { "content-length": "5000" }).write("x", () => response.destroy());
    });
    const short = await cut.client.downloadMedia(`${cut.baseUrl}/x`, 5000);
    if (short.ok) await expect(collect(short.value.bytes)).rejects.toThrow();

    const stuck = await graph((response) => void response.writeHead(200).write("x"), { fileTimeoutMs: 100 });
    const slow = await stuck.client.downloadMedia(`${stuck.baseUrl}/x`, 5000);
    if (!slow.ok) throw new Error("refused");
    await expect(collect(slow.value.bytes)).rejects.toThrow("timeout");
  });

  it("deletes it", async () => {
    const { client, received } = await graph(json({ success: true }));
    expect(await client.deleteMedia("1037", "81")).toEqual({ ok: true, value: null });
    expect(received[0]).toMatchObject({ method: "DELETE" });
    expect(received[0]?.url.pathname).toBe("/v26.0/1037");
  });
});

describe("a sample for a template", () => {
  const session = "upload:MTphdHRhY2htZW50?sig=ARabc";

  it("is announced, sent, and gives its handle", async () => {
    const { client, received } = await graph((response, one) =>
      json(one.url.pathname.endsWith("/uploads") ? { id: session } : { h: "4::aW1h" })(response, one),
    );
    expect(await client.uploadSample("6001", file(noise))).toEqual({ ok: true, value: "4::aW1h" });
    const [start, sent] = received;
    expect(start?.url.pathname).toBe("/v26.0/6001/uploads");
    expect(Object.fromEntries(start?.url.searchParams ?? [])).toEqual({
      file_name: "a.png",
      file_length: "5000",
      file_type: "image/png",
    });
    expect([sent?.url.pathname, sent?.url.searchParams.get("sig")]).toEqual([
      "/v26.0/upload:MTphdHRhY2htZW50",
      "ARabc",
    ]);
    expect([sent?.token, sent?.headers["file_offset"]]).toEqual(["OAuth EAAtest", "0"]);
    expect(sent?.bytes.equals(noise)).toBe(true);
  });

  it("goes on from the byte that Meta has when the connection broke", async () => {
    const sent: (readonly [string, number])[] = [];
    const { client } = await graph((response, one) => {
      if (one.url.pathname.endsWith("/uploads")) return json({ id: session })(response, one);
      if (one.method === "GET") return json({ id: session, file_offset: 3000 })(response, one);
      sent.push([String(one.headers["file_offset"]), one.bytes.byteLength]);
      return sent.length === 1 ? void response.destroy() : json({ h: "4::aW1h" })(response, one);
    });
    expect(await client.uploadSample("6001", file(noise))).toEqual({ ok: true, value: "4::aW1h" });
    expect(sent).toEqual([
      ["0", 5000],
      ["3000", 2000],
    ]);
  });

  it("ends when Meta refuses, or never takes the last byte", async () => {
    const refusing = await graph((response, one) =>
      one.url.pathname.endsWith("/uploads") ? json({ id: session })(response, one) : metaError(100, 400)(response, one),
    );
    expect(await refusing.client.uploadSample("6001", file(noise))).toMatchObject({ ok: false, error: { code: 100 } });
    expect(refusing.received).toHaveLength(2);
    const stuck = await graph((response, one) =>
      json(one.url.pathname.endsWith("/uploads") ? { id: session } : { id: session, file_offset: 10 })(response, one),
    );
    expect(await stuck.client.uploadSample("6001", file(noise))).toMatchObject({ reason: "unreadable_answer" });
    expect(stuck.received.length).toBeLessThan(10);
  });
});
