import { contentProblems } from "@aparte/core/content-rules.ts";
import { mediaKinds, type FreeContent, type MediaKind } from "@aparte/core/message-content.ts";
import { freeBody } from "@aparte/whatsapp/message-body.ts";
import type { FileToUpload } from "@aparte/whatsapp/media-file.ts";
import { readWebhook } from "@aparte/whatsapp/webhook.ts";
import fc from "fast-check";
import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { contentKinds, fileIds } from "./any-content.ts";
import { freeRequest } from "./meta-messages.ts";
import { sendAnswer, success } from "./meta-schemas.ts";
import { openWire, type Wire } from "./meta-wire.ts";

let wire: Wire;
/** A small real file of each kind, as a person sent it. */
const samples = new Map<MediaKind, { readonly bytes: Buffer; readonly mimeType: string }>();
const files = new Map<string, string>();
const person = "5511912345678";

beforeAll(async () => {
  wire = await openWire();
  const { waba_id: account, verify_token: verifyToken } = wire.simulator.identity;
  await wire.client.subscribeApp(account, { callbackUrl: wire.receiverUrl, verifyToken });
});
beforeEach(() => void wire.recorder.take());
afterAll(() => wire?.close());

const number = () => wire.simulator.identity.phone_number_id;

function toUpload(kind: MediaKind): FileToUpload {
  const sample = samples.get(kind);
  if (!sample) throw new Error(`there is no ${kind}`);
  const { bytes, mimeType } = sample;
  const read = async function* (offset: number) {
    yield await Promise.resolve(bytes.subarray(offset));
  };
  return { mimeType, fileName: "à l'été.bin", size: bytes.byteLength, read };
}

describe("files", () => {
  it.each(mediaKinds)("a received %s is described and fetched, and its bytes can be sent on", async (kind) => {
    await wire.steer("inbound", { phone_number_id: number(), from: person, type: kind, [kind]: {} });
    const [fact] = readWebhook((await wire.delivery()).raw).facts;
    if (fact?.kind !== "message" || fact.content.kind !== "media") throw new Error("no file arrived");
    const [file] = fact.files;
    if (!file) throw new Error("the message names no file");
    expect(fact.content).toMatchObject({ media: kind, fileId: file.id });

    // The answer names an address of the stand-in, and the token goes to no other origin than the one that was asked.
    const direct = wire.clientOf(wire.simulator.url);
    const place = await direct.mediaUrl(file.id, number());
    if (!place.ok) throw new Error("the file cannot be described");
    expect(place.value).toMatchObject({ sha256: file.sha256, mimeType: file.mimeType });
    const here = await direct.downloadMedia(place.value.url, 1_000_000);
    if (!here.ok) throw new Error("the file cannot be fetched");
    const chunks: Uint8Array[] = [];
    for await (const chunk of here.value.bytes) chunks.push(chunk);
    const bytes = Buffer.concat(chunks);
    expect(bytes.byteLength).toBe(place.value.size);
    samples.set(kind, { bytes, mimeType: file.mimeType });

    const uploaded = await wire.client.uploadMedia(number(), toUpload(kind));
    if (!uploaded.ok) throw new Error("the file was not taken");
    files.set(fileIds[kind], uploaded.value);
  });

  it("a file that was deleted is gone", async () => {
    const uploaded = await wire.client.uploadMedia(number(), toUpload("image"));
    if (!uploaded.ok) throw new Error("the file was not taken");
    wire.recorder.take();
    expect(await wire.client.deleteMedia(uploaded.value, number())).toEqual({ ok: true, value: null });
    success.parse(wire.only().answer);
    expect(await wire.client.mediaUrl(uploaded.value, number())).toMatchObject({ ok: false, error: { code: 100 } });
  });

  it("a sample for a template gets a handle", async () => {
    const handle = await wire.client.uploadSample(wire.simulator.identity.app_id, toUpload("image"));
    expect(handle).toEqual({ ok: true, value: expect.stringMatching(/^4::/) });
  });
});

describe("whatever our rules let pass is what Meta asks for, and is taken", () => {
  let quoted = "";
  let people = 0;
  beforeAll(async () => {
    const first = await wire.client.sendMessage(number(), body({ kind: "text", text: "first" }, `+${person}`));
    if (first.outcome !== "accepted") throw new Error(first.outcome);
    quoted = first.wamid;
  });

  it.each(Object.entries(contentKinds))("%s", async (_kind, contents) => {
    await fc.assert(
      fc.asyncProperty(contents, async (content) => {
        fc.pre(contentProblems(content).length === 0);
        // Another person each time: Meta counts the messages to one.
        people += 1;
        const sent = body(content, `+55119${20_000_000 + people}`);
        expect(freeRequest.safeParse(sent).error?.issues ?? []).toEqual([]);
        expect(await sendPatiently(sent)).toMatchObject({ outcome: "accepted" });
        sendAnswer.parse(wire.recorder.take().at(-1)?.answer);
      }),
      { numRuns: 15 },
    );
  });

  function body(content: FreeContent, to: string) {
    const aboutWamid = content.kind === "reaction" ? quoted : null;
    const replyToWamid = content.kind === "reaction" || quoted === "" ? null : quoted;
    return freeBody({ to, content, replyToWamid, aboutWamid, files, callbackData: randomUUID() });
  }

  /** A number may send 80 messages a second: what comes too fast is sent again, as Meta asks. */
  async function sendPatiently(sent: ReturnType<typeof freeBody>) {
    for (;;) {
      const outcome = await wire.client.sendMessage(number(), sent);
      if (outcome.outcome !== "rejected" || outcome.error.code !== 130429) return outcome;
    }
  }
});
