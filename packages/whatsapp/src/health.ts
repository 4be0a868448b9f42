import { z } from "zod";
import { detail, idText, word } from "./wire.ts";

/** One thing that a message depends on: the number, the account, the business, the app, a template. */
export type HealthPart = {
  /** PHONE_NUMBER, WABA, BUSINESS, APP, MESSAGE_TEMPLATE. */
  readonly type: string;
  readonly id: string | null;
  /** AVAILABLE, LIMITED, BLOCKED. */
  readonly canSend: string;
  /** Meta's own words, in English. */
  readonly problems: readonly {
    readonly code: number;
    readonly description: string;
    readonly solution: string | null;
  }[];
  readonly notes: readonly string[];
};

/** Whether messages can leave, and what stands in their way (Meta, "Messaging health status"). */
export type Health = { readonly canSend: string; readonly parts: readonly HealthPart[] };

const problem = z.object({
  error_code: z.int(),
  error_description: detail(z.string()),
  possible_solution: detail(z.string()),
});
const part = z.object({
  entity_type: word,
  id: detail(idText),
  can_send_message: word,
  errors: detail(z.array(detail(problem))),
  additional_info: detail(z.array(z.string())),
});

/** `health_status` of a number, an account or a template. A part that cannot be read costs only itself. */
export const health = z
  .object({ can_send_message: word, entities: detail(z.array(detail(part))) })
  .transform(({ can_send_message, entities }): Health => {
    const parts = (entities ?? []).filter((entity) => entity !== null);
    return {
      canSend: can_send_message,
      parts: parts.map(({ entity_type, id, can_send_message: canSend, errors, additional_info }) => ({
        type: entity_type,
        id,
        canSend,
        problems: (errors ?? [])
          .filter((error) => error !== null)
          .map(({ error_code, error_description, possible_solution }) => ({
            code: error_code,
            description: error_description ?? "",
            solution: possible_solution,
          })),
        notes: additional_info ?? [],
      })),
    };
  });
