import { until } from "@aparte/launch/until.ts";
import postgres from "postgres";
import { seededRandom } from "../../support/random.ts";
import { taken } from "../../support/conversation.ts";
import type { Crm } from "./books.ts";
import { checkCrms, type Wrong } from "./check.ts";
import { startCrmFirm, type CrmFirm } from "./firm.ts";
import { introduce, type Person } from "./people.ts";
import { breakDown, heal, mishap, passAnHour } from "./trouble.ts";
import { answer, begin, linesFor, write, type Line } from "./traffic.ts";

export type CrmChaosOptions = {
  readonly seed: number;
  readonly messages: number;
  readonly sessions: number;
  /** kill -9 of the worker, spread over the traffic. */
  readonly kills: number;
  readonly uniqueKeys: boolean;
  readonly log?: (line: string) => void;
};

export type CrmChaosResult = {
  readonly wrong: Readonly<Record<Crm, Readonly<Wrong>>>;
  readonly kills: number;
  /** How often a CRM was made to go wrong, the hour of outage left out; in that hour nothing else strikes. */
  readonly mishaps: number;
  /** Answers of reps during the outage that WhatsApp took, and how long the slowest took, in milliseconds. */
  readonly sent: { readonly asked: number; readonly arrived: number; readonly slowestMs: number };
  /** From the CRMs' return until the last entry stood there, in seconds. */
  readonly caughtUpSeconds: number;
  readonly seconds: number;
};

const writers = 8;
/** One line in so many is followed by a mishap of the CRMs. */
const linesPerMishap = 5;
const patienceMs = 600_000;

/**
 * People write while the connector is killed and the CRMs lose answers; in the middle both CRMs are away for an hour, in
 * which reps go on answering. Afterwards the CRMs' books are compared with what was said.
 */
export async function runCrmChaos(options: CrmChaosOptions): Promise<CrmChaosResult> {
  const { seed, messages, sessions, kills, uniqueKeys, log = () => {} } = options;
  const start = performance.now();
  const step = (what: string) => log(`${((performance.now() - start) / 1000).toFixed(1)} s: ${what}`);
  const random = seededRandom(seed);
  const firm = await startCrmFirm({ uniqueKeys });
  const sql = postgres(firm.world.database.url, { max: 1, onnotice: () => {} });
  try {
    const people = await introduce(firm, sessions);
    step(`${people.length} people have records in both CRMs`);
    const lines = linesFor(people, messages);
    const half = Math.floor(lines.length / 2);
    const happened = { kills: 0, mishaps: 0 };
    const every = Math.max(1, Math.floor(messages / kills));
    const talk = talker(firm, { began: begin(), random, every, happened });
    await talk(lines.slice(0, half));
    step("half is said");
    await breakDown(firm);
    await talk(lines.slice(half));
    const sent = await answers(firm, people.slice(0, Math.min(20, people.length)));
    await passAnHour(firm, sql);
    step("the CRMs were away for an hour");
    await heal(firm);
    const back = performance.now();
    const said = new Map(people.map((person) => [person, lines.filter((line) => line.person === person).length]));
    const wrong = await settle(firm, sql, said);
    const caughtUpSeconds = (performance.now() - back) / 1000;
    step("everything has settled");
    return { wrong, ...happened, sent, caughtUpSeconds, seconds: (performance.now() - start) / 1000 };
  } finally {
    await sql.end();
    await firm.close();
  }
}

type Pace = {
  readonly began: number;
  readonly random: () => number;
  /** One line in so many is followed by a kill. */
  readonly every: number;
  readonly happened: { kills: number; mishaps: number };
};

/** Has lines written by several people at once, each person's in their order, while the worker dies now and then. */
function talker(firm: CrmFirm, { began, random, every, happened }: Pace): (lines: readonly Line[]) => Promise<void> {
  let count = 0;
  let killing: Promise<void> = Promise.resolve();
  return async (lines) => {
    const queues = Array.from({ length: writers }, (_, writer) =>
      lines.filter(({ person }) => person.place % writers === writer),
    );
    await Promise.all(
      queues.map(async (queue) => {
        for (const line of queue) {
          await write(firm, line, began);
          count += 1;
          const place = count;
          if (place % linesPerMishap === 0) {
            const more = await mishap(firm, random);
            happened.mishaps += more;
          }
          if (place % every === 0) {
            happened.kills += 1;
            killing = killing.then(() => firm.replaceWorker());
          }
        }
      }),
    );
    await killing;
  };
}

/** Reps answer while the CRMs are away: what they send must not notice. */
async function answers(firm: CrmFirm, people: readonly Person[]): Promise<CrmChaosResult["sent"]> {
  const rep = await firm.rep();
  const began = performance.now();
  const ids = await Promise.all(people.map((person) => answer(rep, firm.world.channelId, person)));
  const arrivedIds = async () => new Set((await taken(firm.world)).map(({ echo }) => echo));
  const found = await until("WhatsApp has the answers", async () => {
    const arrived = await arrivedIds();
    return ids.every((id) => arrived.has(id)) && arrived;
  });
  return {
    asked: ids.length,
    arrived: ids.filter((id) => found.has(id)).length,
    slowestMs: performance.now() - began,
  };
}

/** Waits for the last line to stand in both CRMs, or for as long as a firm would; answers what is wrong then. */
async function settle(firm: CrmFirm, sql: postgres.Sql, said: ReadonlyMap<Person, number>) {
  for (const end = performance.now() + patienceMs; ;) {
    await until("nothing waits", async () => (await open(sql)) === 0, patienceMs);
    const wrong = await checkCrms(firm, said);
    const isOpen = Object.values(wrong).some(({ missing, lost }) => missing + lost > 0);
    if (!isOpen || performance.now() > end) return wrong;
  }
}

async function open(sql: postgres.Sql): Promise<number> {
  const [row] = await sql<{ count: number }[]>`
    select count(*)::int from crm_logs where state in ('waiting', 'writing', 'unclear')`;
  return row?.count ?? -1;
}
