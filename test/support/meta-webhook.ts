import { createHmac } from "node:crypto";
import { Agent, request } from "node:http";
import type { World } from "./world.ts";

/** Bodies as Meta sends them, written from its documentation, so that they share no code with what reads them. */

type Json = Readonly<Record<string, unknown>>;

/** One element of `messages[]`: a text, unless `part` says otherwise. `id` makes the wamid. */
export function wireMessage(from: string, id: string, part: Json = { type: "text", text: { body: id } }): Json {
  return { from, id: `wamid.${id}`, timestamp: String(unixNow()), ...part };
}

/** One element of `statuses[]`. */
export function wireStatus(wamid: string, status: string, extra: Json = {}): Json {
  return { id: wamid, status, timestamp: String(unixNow()), recipient_id: "15550100", ...extra };
}

/** One change of the field `messages`, about one number. */
export function change(phoneNumberId: string, lists: Json): Json {
  const metadata = { display_phone_number: "33199004210", phone_number_id: phoneNumberId };
  return { field: "messages", value: { messaging_product: "whatsapp", metadata, ...lists } };
}

/** A whole body of one account. */
export function delivery(wabaId: string, changes: readonly unknown[]): string {
  return bodyOf([{ id: wabaId, changes }]);
}

export function bodyOf(entry: readonly unknown[]): string {
  return JSON.stringify({ object: "whatsapp_business_account", entry });
}

export function unixNow(): number {
  return Math.floor(Date.now() / 1000);
}

export function signature(body: string | Uint8Array, secret: string): string {
  return `sha256=${createHmac("sha256", secret).update(body).digest("hex")}`;
}

/** Sends bodies over a limited number of connections that stay open, as Meta does. */
export class Meta {
  readonly #agent: Agent;
  readonly #url: string;
  readonly #secret: string;

  constructor(target: { readonly origin: string; readonly secret: string; readonly connections?: number }) {
    this.#agent = new Agent({ keepAlive: true, maxSockets: target.connections ?? 4 });
    this.#url = `${target.origin}/webhooks/whatsapp`;
    this.#secret = target.secret;
  }

  /** Signs and sends; answers the status. */
  deliver(body: string | Uint8Array): Promise<number> {
    return this.send(body, { "x-hub-signature-256": signature(body, this.#secret) });
  }

  /** Sends with exactly these headers; a list makes the header appear more than once. */
  send(body: string | Uint8Array, headers: Readonly<Record<string, string | string[]>>): Promise<number> {
    const options = { method: "POST", agent: this.#agent, headers: { "content-type": "application/json", ...headers } };
    return new Promise((resolve, reject) => {
      const outgoing = request(this.#url, options, (answer) => {
        answer.resume();
        answer.once("end", () => resolve(answer.statusCode ?? 0));
      });
      outgoing.once("error", reject);
      outgoing.end(body);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}

/** Meta as the app of this world's connected number. */
export function metaOf(world: World, connections?: number): Meta {
  const { origin, whatsapp } = world;
  return new Meta({ origin, secret: whatsapp.identity.app_secret, ...(connections ? { connections } : {}) });
}

let lastNumber = 0;

/** Another number at each call: digits without plus, from the range that France keeps free for fiction. */
export function newNumber(): string {
  lastNumber += 1;
  return `3363998${String(lastNumber).padStart(4, "0")}`;
}
