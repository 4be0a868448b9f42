import { refused } from "@aparte/core/result.ts";
import { describe, expect, it, vi } from "vitest";
import type { Upload, UploadHandlers } from "../port.ts";
import { canRetry, contentOf, createAttachments, takesCaption, type Attachments } from "./attachments.ts";

type Asked = {
  readonly upload: Upload;
  readonly on: UploadHandlers;
  readonly arrive: () => void;
  readonly refuse: () => void;
  readonly lose: () => void;
};

/** Attachments whose API is played by the test. */
function scene(as: Parameters<typeof createAttachments>[2] = null) {
  const asked: Asked[] = [];
  const attachments = createAttachments(
    (upload, on) =>
      new Promise((resolve, reject) => {
        const { id, file } = upload;
        const view = { id, state: "ready", mimeType: file.type, size: file.size, problem: null } as const;
        asked.push({
          upload,
          on,
          arrive: () => resolve({ ok: true, file: view }),
          refuse: () => resolve(refused("media.type_refused")),
          lose: () => reject(new TypeError("no connection")),
        });
      }),
    "channel-1",
    as,
  );
  return { attachments, asked };
}

const file = (name: string, type: string, bytes = 10) => new File([new Uint8Array(bytes)], name, { type });
const roof = file("roof.png", "image/png");
const steps = (attachments: Attachments) => attachments.getState().map(({ step }) => step.step);

describe("files that are about to be sent", () => {
  it("leave as soon as they are chosen, under an id of their own, and tell how far they are", async () => {
    const { attachments, asked } = scene();
    attachments.add([roof, file("plan.pdf", "application/pdf")]);
    expect(asked.map(({ upload }) => upload.name)).toEqual(["roof.png", "plan.pdf"]);
    expect(asked[0]?.upload).toMatchObject({ id: attachments.getState()[0]?.id, channelId: "channel-1" });
    asked[0]?.on.onProgress(0.4);
    expect(attachments.getState()[0]?.step).toEqual({ step: "uploading", share: 0.4 });
    asked[0]?.arrive();
    await vi.waitFor(() => expect(steps(attachments)).toEqual(["ready", "uploading"]));
  });

  it.each([
    ["of a kind that WhatsApp does not take", file("a.exe", "application/x-msdownload"), "media.type_refused"],
    ["without a type", file("notes", ""), "media.type_refused"],
    ["without content", file("a.png", "image/png", 0), "media.empty"],
    ["that are too large", file("a.png", "image/png", 5 * 1024 * 1024 + 1), "media.too_large"],
  ])("never leave when they are %s", (_, chosen, code) => {
    const { attachments, asked } = scene();
    attachments.add([chosen]);
    expect(asked).toEqual([]);
    const [only] = attachments.getState();
    expect(only?.step).toMatchObject({ step: "failed", refusal: { refused: code } });
    expect(only && canRetry(only)).toBe(false);
  });

  it("must be of the one kind that is wanted, where one is", () => {
    const { attachments } = scene("video");
    attachments.add([roof]);
    expect(attachments.getState()[0]?.step).toMatchObject({ refusal: { refused: "media.type_refused" } });
  });

  it("stay with their words when the connection fails, and are tried again under the same id", async () => {
    const { attachments, asked } = scene();
    attachments.add([roof]);
    const id = attachments.getState()[0]?.id ?? "";
    attachments.setCaption(id, "The roof");
    asked[0]?.lose();
    await vi.waitFor(() => expect(steps(attachments)).toEqual(["failed"]));
    expect(attachments.getState()[0]).toMatchObject({ caption: "The roof" });
    expect(attachments.getState().map(canRetry)).toEqual([true]);
    attachments.retry(id);
    expect(asked[1]?.upload.id).toBe(id);
    asked[1]?.arrive();
    await vi.waitFor(() => expect(steps(attachments)).toEqual(["ready"]));
  });

  it("are not tried again when the server found them to be something else", async () => {
    const { attachments, asked } = scene();
    attachments.add([roof]);
    asked[0]?.refuse();
    await vi.waitFor(() => expect(steps(attachments)).toEqual(["failed"]));
    expect(attachments.getState().map(canRetry)).toEqual([false]);
  });

  it("stop on their way when they are taken out, one or all", () => {
    const { attachments, asked } = scene();
    attachments.add([roof, roof, roof]);
    attachments.remove(attachments.getState()[1]?.id ?? "");
    expect(asked.map(({ on }) => on.signal.aborted)).toEqual([false, true, false]);
    const seen: number[] = [];
    attachments.listen(() => seen.push(attachments.getState().length));
    attachments.clear();
    expect(seen).toEqual([0]);
    expect(asked.every(({ on }) => on.signal.aborted)).toBe(true);
  });
});

describe("the message that a file makes", () => {
  const made = (chosen: File, caption = "") => {
    const { attachments } = scene();
    attachments.add([chosen]);
    const [only] = attachments.getState();
    return only && { content: contentOf({ ...only, caption }), words: takesCaption(only) };
  };

  it("is of the file's own kind, with a name for documents only", () => {
    expect(made(roof, "  The roof ")?.content).toMatchObject({ media: "image", caption: "The roof", fileName: null });
    expect(made(file("plan.pdf", "application/pdf"))?.content).toMatchObject({
      media: "document",
      fileName: "plan.pdf",
    });
    expect(made(file("a.webp", "image/webp"))?.content).toMatchObject({ media: "sticker", caption: null });
  });

  it("has words where WhatsApp shows words", () => {
    expect([
      made(roof)?.words,
      made(file("a.mp3", "audio/mpeg"))?.words,
      made(file("a.webp", "image/webp"))?.words,
    ]).toEqual([true, false, false]);
  });
});
