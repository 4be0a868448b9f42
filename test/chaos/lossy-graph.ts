import { createServer, request, type IncomingMessage, type ServerResponse } from "node:http";

/** What can go wrong with a request on its way to WhatsApp, as shares of all sends. */
export type Losses = {
  /** Carried out, and the answer is lost. */
  readonly answerLost: number;
  /** Cut before WhatsApp has seen it. */
  readonly requestLost: number;
  /** Refused with an outage that proves that nothing was sent. */
  readonly refused: number;
};

export type LossyGraph = {
  readonly url: string;
  /** How often each loss happened so far. */
  readonly happened: Record<keyof Losses, number>;
  /** Sends that WhatsApp has not answered yet. */
  underWay(): number;
  /** From now on nothing is lost. */
  heal(): void;
  close(): Promise<void>;
};

type Fate = keyof Losses | "arrives";

/** Longest time that WhatsApp takes for an answer, in milliseconds. */
const slowestAnswerMs = 300;

/**
 * A way to WhatsApp that answers sends as slowly as Meta does and loses some; everything else passes. `random` decides,
 * so a seed repeats a run.
 */
export async function startLossyGraph(
  ports: { readonly listen: number; readonly target: number },
  losses: Losses,
  random: () => number,
): Promise<LossyGraph> {
  const happened = { answerLost: 0, requestLost: 0, refused: 0 };
  let healed = false;
  let underWay = 0;
  const isSend = ({ method, url }: IncomingMessage) => method === "POST" && /\/messages(\?|$)/.test(url ?? "");
  const fateOf = (incoming: IncomingMessage): Fate => {
    if (healed || !isSend(incoming)) return "arrives";
    const drawn = random();
    if (drawn < losses.answerLost) return "answerLost";
    if (drawn < losses.answerLost + losses.requestLost) return "requestLost";
    if (drawn < losses.answerLost + losses.requestLost + losses.refused) return "refused";
    return "arrives";
  };
  const server = createServer((incoming, outgoing) => {
    const fate = fateOf(incoming);
    if (fate !== "arrives") happened[fate] += 1;
    if (fate === "requestLost") incoming.socket.destroy();
    else if (fate === "refused") refuse(outgoing);
    else if (isSend(incoming)) {
      underWay += 1;
      outgoing.once("close", () => (underWay -= 1));
      pass(ports.target, { incoming, outgoing, answers: fate === "arrives", delayMs: random() * slowestAnswerMs });
    } else pass(ports.target, { incoming, outgoing, answers: true, delayMs: 0 });
  });
  await new Promise<void>((resolve) => server.listen(ports.listen, "::", resolve));
  return {
    url: `http://localhost:${ports.listen}`,
    happened,
    underWay: () => underWay,
    heal() {
      healed = true;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** Meta's code for "too many messages from this number": a definite no that passes by itself. */
function refuse(outgoing: ServerResponse): void {
  const error = { message: "(#130429) Rate limit hit", type: "OAuthException", code: 130_429, fbtrace_id: "Achaos" };
  outgoing.writeHead(429, { "content-type": "application/json" }).end(JSON.stringify({ error }));
}

type Exchange = {
  readonly incoming: IncomingMessage;
  readonly outgoing: ServerResponse;
  /** False: carried out, and then cut instead of answered. */
  readonly answers: boolean;
  readonly delayMs: number;
};

/** Once a request is on its way it arrives whole and at once, even when the sender is killed; the answer takes its time. */
function pass(targetPort: number, { incoming, outgoing, answers, delayMs }: Exchange): void {
  const { method, url: path, headers } = incoming;
  const onward = request({ port: targetPort, host: "localhost", method, path, headers }, (answer) => {
    setTimeout(() => {
      if (!answers) return incoming.socket.destroy();
      outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
      return answer.pipe(outgoing);
    }, delayMs);
  });
  onward.once("error", () => incoming.socket.destroy());
  incoming.pipe(onward);
}
