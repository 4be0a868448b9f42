import type { TemplateDefinition } from "@aparte/core/template-definition.ts";
import { templateStarters } from "@aparte/core/template-starters.ts";
import { randomPort } from "@aparte/launch/ports.ts";
import { startWhatsAppSimulator, type WhatsAppSimulator } from "@aparte/simulators/whatsapp/simulator.ts";
import { createWhatsAppClient, type WhatsAppClient } from "@aparte/whatsapp/client.ts";
import { readDefinition } from "@aparte/whatsapp/template-wire-read.ts";
import { templateBody } from "@aparte/whatsapp/template-wire.ts";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { cleanDefinitions, type Handles } from "../support/template-definitions.ts";

const someHandles = { IMAGE: "4::image", VIDEO: "4::video", DOCUMENT: "4::document" };

/** As a listing gives it back: the samples of files are Meta's then. */
function withoutFiles(definition: TemplateDefinition): TemplateDefinition {
  const samples = Object.entries(definition.samples).filter(([key]) => !key.endsWith(".media"));
  return { ...definition, samples: Object.fromEntries(samples) };
}

describe("a definition", () => {
  it("comes back from Meta's words as it was", () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(cleanDefinitions(someHandles), (definition) => {
        for (const part of ["header", "footer", "offer", "authentication", "ttlSeconds"] as const)
          if (definition[part] !== null) seen.add(part);
        if (definition.cards.length > 0) seen.add("cards");
        for (const { type } of definition.buttons) seen.add(type);
        expect(readDefinition(templateBody(definition))).toEqual(withoutFiles(definition));
      }),
      { numRuns: 600 },
    );
    // A property over few kinds would prove little.
    expect([...seen].toSorted()).toEqual([
      "authentication",
      "cards",
      "copy_code",
      "footer",
      "header",
      "offer",
      "phone_number",
      "quick_reply",
      "ttlSeconds",
      "url",
      "voice_call",
    ]);
  });

  it("is not read when it has a part that none here can say", () => {
    const body = templateBody(templateStarters("en")[0]?.definition ?? expect.fail());
    const buttons = { type: "BUTTONS", buttons: [{ type: "SPM", text: "Look" }] };
    expect(readDefinition({ ...body, components: [...body.components, { type: "GREETING" }] })).toBeNull();
    expect(readDefinition({ ...body, components: [body.components[0], buttons] })).toBeNull();
    expect(readDefinition({ ...body, components: "none" })).toBeNull();
  });
});

describe("what our checks let pass", () => {
  let sim: WhatsAppSimulator;
  let client: WhatsAppClient;
  let handles: Handles;
  beforeAll(async () => {
    sim = await startWhatsAppSimulator({ port: await randomPort() });
    const { access_token: accessToken, app_secret: appSecret } = sim.identity;
    client = createWhatsAppClient({ baseUrl: sim.url, version: "v26.0", accessToken, appSecret });
    handles = {
      IMAGE: await uploadSample(sim, "image/png", Buffer.from("\x89PNG\r\n\x1A\n", "latin1")),
      VIDEO: await uploadSample(sim, "video/mp4", Buffer.from("\0\0\0\x18ftypmp42\0\0\0\0mp42isom", "latin1")),
      DOCUMENT: await uploadSample(sim, "application/pdf", Buffer.from("%PDF-1.7\n")),
    };
  });
  afterAll(() => sim?.close());

  it("is taken by the simulator, whatever it is made of", async () => {
    let number = 0;
    await fc.assert(
      fc.asyncProperty(cleanDefinitions(handles), async (definition) => {
        number += 1;
        const result = await client.createTemplate(sim.identity.waba_id, {
          ...definition,
          name: `${definition.name}_${number}`,
        });
        const said = result.ok ? null : JSON.stringify([result.reason, result.error?.title, result.error?.details]);
        expect(said).toBeNull();
        if (result.ok) await client.deleteTemplate(sim.identity.waba_id, `${definition.name}_${number}`, null);
      }),
      { numRuns: 80 },
    );
  });

  it("and so are the texts to start from", async () => {
    for (const language of ["en", "fr"]) {
      for (const { definition } of templateStarters(language)) {
        const named = { ...definition, name: `${definition.name}_start` };
        const result = await client.createTemplate(sim.identity.waba_id, named);
        expect(result, definition.name).toMatchObject({ ok: true });
      }
    }
  });
});

async function uploadSample({ url, identity }: WhatsAppSimulator, type: string, bytes: Buffer): Promise<string> {
  const headers = { authorization: `OAuth ${identity.access_token}` };
  const query = new URLSearchParams({ file_length: String(bytes.length), file_type: type, file_name: "sample" });
  const opened = await fetch(`${url}/v26.0/${identity.app_id}/uploads?${query}`, { method: "POST", headers });
  const { id } = (await opened.json()) as { id: string };
  const body = new Uint8Array(bytes);
  const sent = await fetch(`${url}/v26.0/${id}`, { method: "POST", headers: { ...headers, file_offset: "0" }, body });
  return ((await sent.json()) as { h: string }).h;
}
