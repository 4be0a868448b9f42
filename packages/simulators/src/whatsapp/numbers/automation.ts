import { z } from "zod";
import { flagParam, jsonParam } from "../graph/json-param.ts";
import { selectFields } from "../graph/listing.ts";
import { parseParam } from "../graph/params.ts";
import { Refusal } from "../graph/refusal.ts";
import type { Call } from "../graph/route.ts";
import type { Sim } from "../sim.ts";
import type { BusinessNumber } from "../state.ts";

const automationSchema = z.looseObject({
  enable_welcome_message: flagParam.optional(),
  prompts: jsonParam(z.array(z.string().min(1).max(80)).max(4)).optional(),
  commands: jsonParam(
    z
      .array(
        z.strictObject({
          command_name: z
            .string()
            .min(1)
            .max(32)
            .regex(/^[\p{L}\p{N}_]+$/u, "must have letters, digits and underscores only"),
          command_description: z.string().min(1).max(256),
        }),
      )
      .max(30)
      .refine(
        (commands) => new Set(commands.map(({ command_name }) => command_name)).size === commands.length,
        "has the same command_name twice",
      ),
  ).optional(),
});

/** The id of a number's prompts and commands as a node of their own ("bot"). */
export function botIdOf({ id }: Pick<BusinessNumber, "id">): string {
  return `4${id}`;
}

/** The number whose prompts and commands an id stands for, if it stands for one. */
export function numberIdOfBot(id: string): string {
  return id.startsWith("4") ? id.slice(1) : "";
}

/** Prompts and commands as a node. */
export function botNode(number: BusinessNumber): Record<string, unknown> {
  return { id: botIdOf(number), ...number.automation };
}

/** `GET /{BOT_ID}`. */
export function readBot(_sim: Sim, call: Call, number: BusinessNumber): Refusal | object {
  return selectFields(call, botNode(number), ["prompts", "commands", "enable_welcome_message"]);
}

/** `POST /{PNID}/conversational_automation`: at most 4 prompts of 80, and 30 commands. */
export function setAutomation(sim: Sim, call: Call, number: BusinessNumber): Refusal | object {
  const request = parseParam(automationSchema, call.params, "");
  if (request instanceof Refusal) return request;
  const { enable_welcome_message, prompts, commands } = request;
  number.automation = {
    enable_welcome_message: enable_welcome_message ?? number.automation.enable_welcome_message,
    prompts: prompts ?? number.automation.prompts,
    commands: commands ?? number.automation.commands,
  };
  sim.ledger.record("automation_set", { phone_number_id: number.id, ...number.automation });
  return { success: true };
}
