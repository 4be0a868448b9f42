/** Most moments are short and some take as long as they can: the sixteenth part of the longest on average. */
const shape = 15;

/** A pause of a length that `random` draws, up to `slowestMs`. */
export function slowly(random: () => number, slowestMs: number): () => Promise<void> {
  return () => {
    const ms = slowestMs * random() ** shape;
    return ms < 1 ? Promise.resolve() : new Promise((resolve) => setTimeout(resolve, ms));
  };
}
