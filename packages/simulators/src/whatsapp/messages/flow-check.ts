import { z } from "zod";
import type { CloudErrorCode } from "../error-catalogue.ts";
import { refuseCloud } from "../graph/refusal.ts";
import type { Refusal } from "../graph/refusal.ts";
import type { Flow } from "../flows/model.ts";
import type { State } from "../state.ts";

/** Why a flow that is not published cannot be sent; a draft can, to try it. */
const REFUSED: Partial<Record<Flow["status"], { code: CloudErrorCode; details: string }>> = {
  DRAFT: { code: 131009, details: "The flow is a draft: publish it, or send it with mode draft" },
  DEPRECATED: { code: 131009, details: "The flow is deprecated" },
  BLOCKED: { code: 132068, details: "The flow is blocked" },
  THROTTLED: { code: 132069, details: "The flow is throttled" },
};

const flowSchema = z.object({
  action: z.object({
    name: z.literal("flow"),
    parameters: z.object({
      flow_id: z.string().optional(),
      flow_name: z.string().optional(),
      mode: z.string().optional(),
    }),
  }),
});

/** Whether an interactive message may open the flow of the account that it names, by id or by name. */
export function checkFlow(state: State, accountId: string, interactive: unknown): Refusal | undefined {
  const parsed = flowSchema.safeParse(interactive);
  if (!parsed.success) return undefined;
  const { flow_id, flow_name, mode } = parsed.data.action.parameters;
  const flow = [...state.flows.values()].find(
    (one) => one.accountId === accountId && (one.id === flow_id || one.name === flow_name),
  );
  if (flow === undefined || (flow.status === "DRAFT" && mode === "draft")) return undefined;
  const refused = REFUSED[flow.status];
  return refused && refuseCloud(refused.code, refused.details);
}
