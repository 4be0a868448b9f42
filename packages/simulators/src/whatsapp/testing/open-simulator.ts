import type { MediaFile } from "../media/model.ts";
import { startWhatsAppSimulator } from "../simulator.ts";
import type { WhatsAppSimulator, WhatsAppSimulatorOptions } from "../simulator.ts";

/** An answer over HTTP with its body as data. */
export type Answer = { status: number; headers: Headers; body: Record<string, unknown> };

/** The error of an answer, flat enough to compare. */
export type SeenError = { status: number; code: unknown; subcode?: unknown; message: string; details?: string };

/** A running simulator and a client that speaks plain HTTP to it, by default with the first account's token. */
export type OpenSimulator = WhatsAppSimulator & {
  get: (path: string, token?: string | null) => Promise<Answer>;
  post: (path: string, body?: unknown, token?: string | null) => Promise<Answer>;
  del: (path: string, token?: string | null) => Promise<Answer>;
  /** Sends from the first number; `messaging_product` and `to` are filled in. */
  send: (message: Record<string, unknown>) => Promise<Answer>;
  /** Uploads a file for the first number; `fields` are the other parts of the form. */
  upload: (file?: MediaFile, fields?: Record<string, string>) => Promise<Answer>;
  /** The customer writes a text. */
  hear: (text: string, from?: string) => Promise<Answer>;
  advance: (ms: number) => Promise<void>;
  /** The ledger's entries of one kind. */
  ledger: (kind?: string) => Promise<Record<string, unknown>[]>;
};

/** The customer of the tests: a French number kept free for fiction. */
export const CUSTOMER = "33639980042";

/** Starts a simulator whose people take a second for each step, so that only the clock of the test moves them. */
export async function openSimulator(options: WhatsAppSimulatorOptions = {}): Promise<OpenSimulator> {
  const simulator = await startWhatsAppSimulator({
    autoStatuses: { sent_ms: 60_000, delivered_ms: 60_000, read_ms: 60_000 },
    ...options,
  });
  const { url, identity } = simulator;
  const call = async (method: string, path: string, token: string | null, body?: unknown): Promise<Answer> => {
    const answer = await fetch(url + path, {
      method,
      headers: {
        ...(token === null ? {} : { authorization: `Bearer ${token}` }),
        ...(body === undefined ? {} : { "content-type": "application/json" }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return read(answer);
  };
  const get = (path: string, token: string | null = identity.access_token) => call("GET", path, token);
  const post = (path: string, body: unknown = {}, token: string | null = identity.access_token) =>
    call("POST", path, token, body);
  return {
    ...simulator,
    get,
    post,
    del: (path, token = identity.access_token) => call("DELETE", path, token),
    send: (message) =>
      post(`/v26.0/${identity.phone_number_id}/messages`, {
        messaging_product: "whatsapp",
        to: `+${CUSTOMER}`,
        ...message,
      }),
    upload: async (file, fields = { messaging_product: "whatsapp" }) => {
      const form = new FormData();
      for (const [name, value] of Object.entries(fields)) form.set(name, value);
      if (file !== undefined) form.set("file", new File([new Uint8Array(file.bytes)], "file", { type: file.mimeType }));
      const headers = { authorization: `Bearer ${identity.access_token}` };
      return read(
        await fetch(`${url}/v26.0/${identity.phone_number_id}/media`, { method: "POST", headers, body: form }),
      );
    },
    hear: (text, from = CUSTOMER) =>
      post("/_sim/inbound", { phone_number_id: identity.phone_number_id, from, type: "text", text: { body: text } }),
    advance: async (ms) => void (await post("/_sim/clock", { advance_ms: ms })),
    ledger: async (kind = "message") => {
      const entries: unknown = (await get("/_sim/ledger")).body;
      return (entries as Record<string, unknown>[]).filter((entry) => entry.kind === kind);
    },
  };
}

async function read(answer: Response): Promise<Answer> {
  const text = await answer.text();
  return { status: answer.status, headers: answer.headers, body: text === "" ? {} : JSON.parse(text) };
}

/** What an answer refuses; an answer without an error makes the comparison fail by its status. */
export function errorOf({ status, body }: Answer): SeenError {
  const { code, error_subcode, message, error_data } = (body.error ?? {}) as {
    code?: unknown;
    error_subcode?: unknown;
    message?: string;
    error_data?: { details: string };
  };
  return {
    status,
    code,
    message: message ?? "",
    ...(error_subcode === undefined ? {} : { subcode: error_subcode }),
    ...(error_data === undefined ? {} : { details: error_data.details }),
  };
}
