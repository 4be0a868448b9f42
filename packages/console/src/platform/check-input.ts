import type * as Inputs from "@aparte/core/inputs.ts";
import { config } from "zod/v4/core";

// It would otherwise try to compile its checks, which the content policy forbids and reports.
config({ jitless: true });

type Schemas = Pick<typeof Inputs, "addMemberInput" | "connectChannelInput" | "setUpWorkspaceInput">;

export type Checked<Input> =
  | { readonly ok: true; readonly input: Input }
  | { readonly ok: false; readonly invalid: readonly string[] };

/**
 * Checks what was typed by the API's own schema; the answer names the fields that cannot stay as they are. The schemas are
 * loaded when a form is first sent: with their library they weigh more than the rest of the console's pages.
 */
export async function checkInput<Name extends keyof Schemas>(
  name: Name,
  typed: Readonly<Record<string, string>>,
): Promise<Checked<ReturnType<Schemas[Name]["parse"]>>> {
  const schemas: Schemas = await import("@aparte/core/inputs.ts");
  const parsed = schemas[name].safeParse(trimmed(typed));
  return parsed.success
    ? { ok: true, input: parsed.data as ReturnType<Schemas[Name]["parse"]> }
    : { ok: false, invalid: [...new Set(parsed.error.issues.map((issue) => String(issue.path[0])))] };
}

/** What is pasted often brings spaces along. In a password they are part of it. */
function trimmed(typed: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(typed).map(([name, text]) => [name, name === "password" ? text : text.trim()]),
  );
}
