import { createServer, listen } from "../../platform/server.ts";

/** A POST that arrived: the raw body, its headers, and the body as data. */
export type Received = { raw: string; headers: Record<string, unknown>; body: WebhookBody };
export type WebhookBody = {
  object: string;
  entry: { id: string; time?: number; changes: { field: string; value: Record<string, unknown> }[] }[];
};

/** A callback of an app under test. */
export type Receiver = {
  url: string;
  received: Received[];
  /** Status answers to give, one after the other; 200 when there are no more. */
  answers: number[];
  /** Resolves when at least so many POSTs have arrived. */
  until: (count: number) => Promise<Received[]>;
  close: () => Promise<void>;
};

/** Starts a receiver that answers the challenge when the verify token is right. */
export async function openReceiver(verifyToken: string): Promise<Receiver> {
  const app = createServer();
  app.removeAllContentTypeParsers();
  app.addContentTypeParser("*", { parseAs: "string" }, (_request, body, done) => done(null, body));
  const received: Received[] = [];
  const answers: number[] = [];
  let waiting: (() => void)[] = [];

  app.get<{ Querystring: Record<string, string> }>("/hook", (request, reply) => {
    const { query } = request;
    const isOurs = query["hub.mode"] === "subscribe" && query["hub.verify_token"] === verifyToken;
    return isOurs ? reply.type("text/plain").send(query["hub.challenge"]) : reply.code(403).send("no");
  });
  app.post<{ Body: string }>("/hook", (request, reply) => {
    received.push({ raw: request.body, headers: request.headers, body: JSON.parse(request.body) });
    for (const wake of waiting) wake();
    waiting = [];
    return reply.code(answers.shift() ?? 200).send();
  });
  const url = `http://localhost:${await listen(app)}/hook`;
  const until = async (count: number): Promise<Received[]> => {
    while (received.length < count) await new Promise<void>((resolve) => void waiting.push(resolve));
    return received;
  };
  return { url, received, answers, until, close: () => app.close() };
}
