import type * as ChannelInputs from "@aparte/core/channel-input.ts";
import type * as PolicyInputs from "@aparte/core/consent-policy-input.ts";
import type * as Inputs from "@aparte/core/inputs.ts";
import type * as JoinInputs from "@aparte/core/join-input.ts";
import type * as PreferenceInputs from "@aparte/core/preference-input.ts";
import { config } from "zod/v4/core";

// It would otherwise try to compile its checks, which the content policy forbids and reports.
config({ jitless: true });

type Schemas = Pick<typeof Inputs, "addMemberInput" | "connectChannelInput" | "setUpWorkspaceInput"> &
  Pick<
    typeof ChannelInputs,
    "changeQrCodeInput" | "displayNameInput" | "pinInput" | "profileInput" | "qrCodeInput" | "startersInput"
  > &
  Pick<typeof PolicyInputs, "consentPolicySchema"> &
  Pick<typeof JoinInputs, "makeJoinInput"> &
  Pick<typeof PreferenceInputs, "preferenceTextsInput">;

export type Checked<Input> =
  | { readonly ok: true; readonly input: Input }
  | { readonly ok: false; readonly invalid: readonly string[] };

/**
 * Checks what was typed by the API's own schema; the answer names the fields that cannot stay as they are, one of a list by
 * its place (`websites.0`). The schemas are
 * loaded when a form is first sent: with their library they weigh more than the rest of the console's pages.
 */
export async function checkInput<Name extends keyof Schemas>(
  name: Name,
  typed: Readonly<Record<string, unknown>>,
): Promise<Checked<ReturnType<Schemas[Name]["parse"]>>> {
  const [inputs, channels, policies, joins, preferences] = await Promise.all([
    import("@aparte/core/inputs.ts"),
    import("@aparte/core/channel-input.ts"),
    import("@aparte/core/consent-policy-input.ts"),
    import("@aparte/core/join-input.ts"),
    import("@aparte/core/preference-input.ts"),
  ]);
  const schemas: Schemas = { ...inputs, ...channels, ...policies, ...joins, ...preferences };
  const parsed = schemas[name].safeParse(trimmed(typed));
  return parsed.success
    ? { ok: true, input: parsed.data as ReturnType<Schemas[Name]["parse"]> }
    : { ok: false, invalid: [...new Set(parsed.error.issues.map((issue) => issue.path.join(".")))] };
}

/** What is pasted often brings spaces along. In a password they are part of it. */
function trimmed(typed: Readonly<Record<string, unknown>>): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(typed).map(([name, value]) => [
      name,
      typeof value === "string" && name !== "password" ? value.trim() : value,
    ]),
  );
}
