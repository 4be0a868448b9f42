import postgres from "postgres";
import { seededRandom } from "../../support/random.ts";
import { openDoors } from "./doors.ts";
import { startFenceFirm } from "./firm.ts";
import { runLevel, type Level, type LevelResult } from "./level.ts";
import { introduce, openQueue } from "./people.ts";
import { watchLedger } from "./recorded.ts";
import { afterwards, type Afterwards } from "./settle.ts";

export type FenceOptions = {
  readonly seed: number;
  readonly levels: readonly Level[];
  readonly log?: (line: string) => void;
};

export type FenceResult = Afterwards & { readonly levels: readonly LevelResult[]; readonly seconds: number };

/** What both promises of time are measured by: nothing goes wrong, and people opt out at their own pace. */
const calm = { name: "calm", inFlight: 24, slowestMs: 0, kills: 0, fenced: true } as const;
/** One in flight is slow by nature: most of the time nothing leaves. */
const shares: ReadonlyMap<number, number> = new Map([
  [1, 0.04],
  [24, 0.4],
  [64, 0.56],
]);

/** The levels of a run: a calm one, then `optOuts` with one, 24 and 64 sends in flight while `kills` workers die. */
export function levelsFor(optOuts: number, kills: number): readonly Level[] {
  const rough = [...shares].map(([inFlight, share]) => ({
    name: `${inFlight} in flight`,
    inFlight,
    optOuts: Math.max(40, Math.round(optOuts * share)),
    slowestMs: 2_000,
    kills: Math.ceil(kills * share),
    fenced: true,
  }));
  return [{ ...calm, optOuts: Math.min(2_000, Math.max(120, optOuts / 10)) }, ...rough];
}

/** The same race without a fence: it must be lost now and then, or the race proves nothing. */
export const control: Level = {
  name: "without the fence",
  optOuts: 60,
  inFlight: 24,
  slowestMs: 2_000,
  kills: 0,
  fenced: false,
};

/** Lets people opt out while advertisements for them are under way, by every door, and compares the books afterwards. */
export async function runFenceChaos({ seed, levels, log = () => {} }: FenceOptions): Promise<FenceResult> {
  const start = performance.now();
  const step = (what: string) => log(`${((performance.now() - start) / 1000).toFixed(1)} s: ${what}`);
  const random = seededRandom(seed);
  const firm = await startFenceFirm(seed, random);
  const sql = postgres(firm.world.database.url, { max: 4, onnotice: () => {} });
  const recorder = await watchLedger(sql);
  const doors = openDoors(firm.world, recorder);
  try {
    await firm.employ({ workers: 1, inFlight: 1, slowestMs: 0, fenced: true });
    const [first] = await introduce(firm, sql, 1);
    if (!first) throw new Error("Nobody was introduced.");
    const stage = { firm, sql, doors, random, step, queue: await openQueue(firm.world, sql, first) };
    step("the firm is at work");
    const done: LevelResult[] = [];
    for (const level of levels) {
      const result = await runLevel(stage, level);
      done.push(result);
      step(`${level.name}: ${JSON.stringify(result.ends)}`);
    }
    const rest = await afterwards(firm, sql);
    return { levels: done, ...rest, seconds: (performance.now() - start) / 1000 };
  } finally {
    doors.close();
    await recorder.close();
    await sql.end();
    await firm.close();
  }
}
