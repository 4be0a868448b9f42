import { readFile } from "node:fs/promises";
import { PassThrough } from "node:stream";
import type { FastifyInstance } from "fastify";
import { z } from "zod";
import type { Message } from "../messages/message.ts";
import { playVoice, readChat } from "../messages/status-path.ts";
import { pairOf } from "../people/directory.ts";
import type { Sim } from "../sim.ts";
import { bubbleOf, targetOf } from "./bubble.ts";
import type { Bubble } from "./bubble.ts";

const SCRIPTS = ["phone.js", "view.js", "attachment-views.js", "sheets.js", "compose.js", "elements.js"];
const FILES = [
  { path: "/phone", file: "phone.html", type: "text/html; charset=utf-8" },
  { path: "/_sim/phone/phone.css", file: "phone.css", type: "text/css; charset=utf-8" },
  { path: "/_sim/phone/bubbles.css", file: "bubbles.css", type: "text/css; charset=utf-8" },
  ...SCRIPTS.map((file) => ({ path: `/_sim/phone/${file}`, file, type: "text/javascript; charset=utf-8" })),
];

const chatSchema = z.object({ phone_number_id: z.string(), wa_id: z.string().regex(/^\d{7,15}$/u) });

/** A comment line that keeps the stream open through proxies, and how often it is sent. */
const HEARTBEAT_MS = 15_000;

/**
 * Mounts the phone: the page, its live stream (`/_sim/phone/stream`) `/_sim/phone/read`, which opens the chat, `/_sim/phone/played`
 * and the files of messages.
 */
export function mountPhone(app: FastifyInstance, sim: Sim): void {
  app.get("/", (_request, reply) => reply.redirect("/phone"));
  for (const { path, file, type } of FILES) {
    app.get(path, async (_request, reply) =>
      reply
        .type(type)
        .headers({ "content-security-policy": "default-src 'self'; img-src 'self' data:", "cache-control": "no-store" })
        .send(await readFile(new URL(file, import.meta.url))),
    );
  }

  app.get("/_sim/phone/chats", () => ({
    businesses: [...sim.state.numbers.values()]
      .filter(({ registered }) => registered)
      .map(({ id, verifiedName, displayPhoneNumber }) => ({ id, name: verifiedName, number: displayPhoneNumber })),
    people: [...sim.state.people.values()].map(({ waId, name }) => ({ wa_id: waId, name })),
  }));

  app.post("/_sim/phone/read", async (request, reply) => {
    const chat = chatSchema.safeParse(request.body);
    if (!chat.success) return reply.code(400).send({ error: z.prettifyError(chat.error) });
    await readChat(sim, chat.data.phone_number_id, chat.data.wa_id);
    return reply.code(204).send();
  });
  app.post("/_sim/phone/played", async (request, reply) => {
    const played = z.object({ message: z.string() }).safeParse(request.body);
    const message = played.success ? sim.state.messages.get(played.data.message) : undefined;
    if (message === undefined) return reply.code(404).send({ error: "no such message" });
    await playVoice(sim, message);
    return reply.code(204).send();
  });
  mountStream(app, sim);
  mountMedia(app, sim);
}

function mountStream(app: FastifyInstance, sim: Sim): void {
  app.get("/_sim/phone/stream", (request, reply) => {
    const chat = chatSchema.safeParse(request.query);
    if (!chat.success) return reply.code(400).send({ error: z.prettifyError(chat.error) });
    const { phone_number_id: phoneNumberId, wa_id: waId } = chat.data;
    const stream = new PassThrough();
    const send = (event: string, data: unknown) => stream.write(`event: ${event}\ndata: ${JSON.stringify(data)}\n\n`);
    const onMessage = (message: Message) => {
      const bubble = shownOf(sim, message);
      if (bubble !== undefined) send("message", bubble);
    };
    const onTyping = (ms: number) => send("typing", { ms });

    send("open", {});
    for (const message of chatOf(sim, phoneNumberId, waId)) if (targetOf(message) === undefined) onMessage(message);
    const now = sim.clock.now();
    onTyping(Math.max(0, pairOf(sim.state, phoneNumberId, waId, now).typingUntil - now));
    const stop = sim.phones.watch({ phoneNumberId, waId, onMessage, onTyping });
    const heartbeat = setInterval(() => stream.write(": still here\n\n"), HEARTBEAT_MS);
    request.raw.on("close", () => {
      stop();
      clearInterval(heartbeat);
      stream.end();
    });
    return reply.headers({ "content-type": "text/event-stream", "cache-control": "no-store" }).send(stream);
  });
}

const mediaSchema = z.object({ message: z.string(), name: z.string() });

/** The files of messages, in a shape that a browser shows and never runs. */
function mountMedia(app: FastifyInstance, sim: Sim): void {
  app.get("/_sim/phone/media", (request, reply) => {
    const wanted = mediaSchema.safeParse(request.query);
    if (!wanted.success) return reply.code(400).send({ error: z.prettifyError(wanted.error) });
    const { message, name } = wanted.data;
    const file = sim.state.messages.get(message)?.files?.get(name) ?? sim.state.media.get(name);
    if (file === undefined) return reply.code(404).send({ error: "no such file" });
    return reply
      .type(file.mimeType)
      .headers({
        "content-security-policy": "sandbox; default-src 'none'",
        "x-content-type-options": "nosniff",
        "cache-control": "no-store",
      })
      .send(Buffer.from(file.bytes));
  });
}

/** What the phone shows for a message: its bubble, or that of the message which it changes. */
function shownOf(sim: Sim, message: Message): Bubble | undefined {
  const target = targetOf(message);
  if (target !== undefined && !hasGone(message)) return undefined;
  const shown = target === undefined ? message : sim.state.messages.get(target);
  if (shown === undefined || shown.waId !== message.waId || shown.phoneNumberId !== message.phoneNumberId) {
    return undefined;
  }
  return bubbleOf(sim, shown, changesOf(sim, shown));
}

/** The reactions, edits and deletions of a message that count, in their order. */
function changesOf(sim: Sim, shown: Message): Message[] {
  return chatOf(sim, shown.phoneNumberId, shown.waId).filter(
    (message) => targetOf(message) === shown.wamid && hasGone(message),
  );
}

/** Whether a change has been sent: a reaction of the business never becomes more than that. */
function hasGone({ status }: Message): boolean {
  return status !== "failed" && status !== "accepted";
}

function chatOf(sim: Sim, phoneNumberId: string, waId: string): Message[] {
  return [...sim.state.messages.values()]
    .filter((message) => message.phoneNumberId === phoneNumberId && message.waId === waId)
    .sort((a, b) => a.at - b.at);
}
