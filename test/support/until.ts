/**
 * Waits for a condition instead of for a time: asks until the answer is neither null, undefined nor false.
 * @throws Error naming what was waited for when `withinMs` is over.
 */
export async function until<T>(
  what: string,
  ask: () => Promise<T | null | undefined | false>,
  withinMs = 15_000,
): Promise<T> {
  const end = performance.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (answer !== null && answer !== undefined && answer !== false) return answer;
    if (performance.now() > end) throw new Error(`Waited ${withinMs} ms in vain: ${what}`);
    await new Promise((again) => setTimeout(again, 20));
  }
}
