import { TRPCClientError } from "@trpc/client";
import { randomUUID } from "node:crypto";
import type { Client } from "../support/sign-in.ts";
import type { Firm } from "./firm.ts";

export const categories = ["text", "marketing", "utility"] as const;
export type Category = (typeof categories)[number];

/** A message that a person wants to send, as their client holds it until the server has acknowledged it. */
export type Wish = {
  readonly id: string;
  readonly category: Category;
  readonly contactId: string;
};

type Filled = { readonly id: string; readonly values: Readonly<Record<string, string>> };
type Templates = ReadonlyMap<string, Filled>;

/** How long a client keeps asking a server that does not answer, in milliseconds. */
const patienceMs = 120_000;

/** A rep at work: asks again, with the same id, until there is an answer, as every client of the API must. */
export class Rep {
  readonly #firm: Firm;
  readonly #templates: Templates;
  #client: Client;

  private constructor(firm: Firm, client: Client, templates: Templates) {
    this.#firm = firm;
    this.#client = client;
    this.#templates = templates;
  }

  /** Signs in and waits for the templates that will be sent. */
  static async signIn(firm: Firm): Promise<Rep> {
    const client = await firm.rep();
    const names = { marketing: "welcome_intro", utility: "quote_ready" } as const;
    for (const end = Date.now() + patienceMs; ; await pause(100)) {
      const list = await client.templates.list.query({ channelId: firm.channelId });
      const found = Object.entries(names).flatMap(([category, name]) => {
        const template = list.find((candidate) => candidate.name === name && candidate.language === "en_US");
        if (!template) return [];
        const values = Object.fromEntries(Object.keys(template.shape.examples).map((key) => [key, "Ana"]));
        return [[category, { id: template.id, values }] as const];
      });
      if (found.length === 2) return new Rep(firm, client, new Map<string, Filled>(found));
      if (Date.now() > end) throw new Error("The templates were not read.");
    }
  }

  /** Sends, or asks what became of it: with the same id both are the same call. */
  async ask(wish: Wish) {
    for (const end = Date.now() + patienceMs; ; await pause(150)) {
      try {
        const answer = await this.#call(wish);
        if (!answer.ok) throw new Error(`A message was refused: ${answer.refused}`);
        return answer.message;
      } catch (error) {
        if (!(error instanceof TRPCClientError) || Date.now() > end) throw error;
        if ((error as TRPCClientError<never>).data?.["code"] === "UNAUTHORIZED") await this.#signInAgain();
      }
    }
  }

  #call({ id, category, contactId }: Wish) {
    const place = { id, contactId, channelId: this.#firm.channelId };
    const template = this.#templates.get(category);
    return template
      ? this.#client.messaging.sendTemplate.mutate({ ...place, templateId: template.id, values: template.values })
      : this.#client.messaging.sendMessage.mutate({
          ...place,
          content: { kind: "text", text: `Message ${id}` },
          replyTo: null,
        });
  }

  async #signInAgain(): Promise<void> {
    this.#client = await this.#firm.rep();
  }
}

/**
 * Several people at work at once: each wish is acknowledged before its writer goes on to the next.
 *
 * @param ready resolves when the wish at this place is due, so that the writing lasts as long as the trouble does.
 */
export async function sendAll(
  rep: Rep,
  wishes: readonly Wish[],
  { writers, ready }: { readonly writers: number; readonly ready: (place: number) => Promise<void> },
): Promise<void> {
  const waiting = wishes.entries();
  const write = async (): Promise<void> => {
    for (const [place, wish] of waiting) {
      await ready(place);
      await rep.ask(wish);
    }
  };
  await Promise.all(Array.from({ length: writers }, write));
}

/** Wishes of all categories in turn, spread over the people. */
export function wishesFor(people: readonly string[], count: number, random: () => number): readonly Wish[] {
  return Array.from({ length: count }, (_, place) => ({
    id: randomUUID(),
    category: categories[place % categories.length] ?? "text",
    contactId: people[Math.floor(random() * people.length)] ?? "",
  }));
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
