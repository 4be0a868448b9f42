import { HubSpotError, invalidRequest } from "./api-error.ts";
import type { VirtualClock } from "../platform/clock.ts";
import { hubspotTime } from "./property-values.ts";

/** The most inputs one batch may have. */
export const MAX_BATCH = 100;

/** What one input of a batch came to. */
export type Outcome = { ok: true; result: unknown } | { ok: false; error: HubSpotError; traceId?: string | undefined };

/** Does the work of one input; a refusal becomes that input's outcome. */
export function attempt(work: () => unknown, traceId?: string): Outcome {
  try {
    return { ok: true, result: work() };
  } catch (error) {
    if (error instanceof HubSpotError) return { ok: false, error, traceId };
    throw error;
  }
}

/** Refuses a batch that is too long, or in which a record is named twice. */
export function requireBatch(keys: readonly string[]): void {
  if (keys.length > MAX_BATCH) throw invalidRequest(`The maximum batch size is ${MAX_BATCH}, got ${keys.length}`);
  const repeated = keys.filter((key, index) => keys.indexOf(key) !== index);
  if (repeated.length > 0) {
    throw invalidRequest(`Duplicate IDs found in batch input: [${repeated.join(", ")}]. IDs must be unique`, {
      ids: repeated,
    });
  }
}

/**
 * The answer to a batch. All inputs went well: `status`. Some did not: 207 with `numErrors` and `errors`, each with the
 * trace id of its input. None did: as HubSpot refuses a whole batch, with the first input's own status and body.
 */
export function batchAnswer(
  clock: VirtualClock,
  outcomes: readonly Outcome[],
  status: number,
): { status: number; body: Record<string, unknown> } {
  const failures = outcomes.filter((outcome) => !outcome.ok);
  const results = outcomes.flatMap((outcome) => (outcome.ok ? [outcome.result] : []));
  const [first] = failures;
  if (results.length === 0 && first !== undefined) throw first.error;
  const now = hubspotTime(clock.now());
  const body = { status: "COMPLETE", results, requestedAt: now, startedAt: now, completedAt: now };
  if (failures.length === 0) return { status, body };
  return { status: 207, body: { ...body, numErrors: failures.length, errors: failures.map(presentFailure) } };
}

function presentFailure({ error, traceId }: Extract<Outcome, { ok: false }>): Record<string, unknown> {
  const { category = "VALIDATION_ERROR", errors = [], context = {}, links = {} } = error.facts;
  const trace = traceId === undefined ? {} : { objectWriteTraceId: [traceId] };
  return { status: "error", category, message: error.message, errors, context: { ...context, ...trace }, links };
}
