/**
 * Asks until the answer is neither null nor undefined nor false.
 * @throws Error naming what did not happen when `withinMs` is over.
 */
export async function until<T>(
  what: string,
  ask: () => Promise<T | null | undefined | false>,
  withinMs = 20_000,
): Promise<T> {
  const end = performance.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (answer !== null && answer !== undefined && answer !== false) return answer;
    if (performance.now() > end) throw new Error(`It did not happen within ${withinMs / 1000} s: ${what}.`);
    await new Promise((again) => setTimeout(again, 50));
  }
}
