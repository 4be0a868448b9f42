import { z } from "zod";
import type { CrmApp, CrmSession } from "../adapter.ts";
import { data, request, settled, type SettledAnswer } from "./client.ts";

/** What a part answered; `answerOf` tells what it means. */
export type PartAnswer = { readonly status: number; readonly body: unknown };

const answerBody = z.object({
  compositeResponse: z.array(z.object({ referenceId: z.string(), httpStatusCode: z.number(), body: z.unknown() })),
});

/**
 * Several reads in one request that counts as one: at most 25 paths, of which five may be queries; their answers in the
 * same order (REST API guide, "Composite").
 */
export async function readTogether(
  app: CrmApp,
  session: CrmSession,
  paths: readonly string[],
): Promise<SettledAnswer<PartAnswer[]>> {
  const compositeRequest = paths.map((url, place) => ({ method: "GET", url, referenceId: `part${place}` }));
  const json = { allOrNone: false, compositeRequest };
  const path = `${data}/composite`;
  const answer = settled(await request(app, { method: "POST", path, session, json, schema: answerBody }));
  if (answer.outcome !== "done") return answer;
  const answers = new Map(answer.value.compositeResponse.map((part) => [part.referenceId, part]));
  const parts = paths.map((_, place): PartAnswer => {
    const part = answers.get(`part${place}`);
    return { status: part?.httpStatusCode ?? 500, body: part?.body };
  });
  return { outcome: "done", value: parts };
}
