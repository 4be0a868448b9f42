import { Meta } from "../support/meta-webhook.ts";

/** What a load did: how many a second, and how long one took, in milliseconds. */
export type Figures = { readonly perSecond: number; readonly p50: number; readonly p99: number };

/** A line of the result; a figure alone is so many a second. */
export type Row = {
  readonly what: string;
  readonly figures: Figures | number;
  readonly against: Figures | number | null;
};

/** Does something many times, so many at once, and measures each. */
export async function measure(count: number, atOnce: number, work: (place: number) => Promise<void>): Promise<Figures> {
  const took: number[] = [];
  const places = Array.from({ length: count }, (_, place) => place).values();
  const start = performance.now();
  const run = async (): Promise<void> => {
    for (const place of places) {
      const before = performance.now();
      await work(place);
      took.push(performance.now() - before);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, run));
  const seconds = (performance.now() - start) / 1000;
  took.sort((a, b) => a - b);
  const at = (share: number) => took[Math.min(took.length - 1, Math.floor(took.length * share))] ?? 0;
  return { perSecond: count / seconds, p50: at(0.5), p99: at(0.99) };
}

const connections = 16;
/** Bodies that go ahead unmeasured, until every server runs as fast as it can. */
const warmUp = 300;

/** Sends signed bodies to an address; every one must be taken. */
export async function measureWebhooks(origin: string, secret: string, bodies: readonly string[]): Promise<Figures> {
  const meta = new Meta({ origin, secret, connections });
  const send = async (place: number): Promise<void> => {
    const status = await meta.deliver(bodies[place] ?? "");
    if (status !== 200) throw new Error(`A delivery was answered with ${status}.`);
  };
  await measure(warmUp, connections, send);
  const figures = await measure(bodies.length, connections, send);
  meta.close();
  return figures;
}
