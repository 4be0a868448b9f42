import type { ErrorCode } from "@aparte/core/errors.ts";
import { refused, type Refusal } from "@aparte/core/result.ts";
import type { CallResult } from "@aparte/whatsapp/call.ts";
import { accountRefusal } from "../channels/client.ts";

/** Meta's subcodes of code 100 that have words of their own here (Meta, "Error codes", template creation errors). */
const bySubcode: ReadonlyMap<number, ErrorCode> = new Map([
  [2_388_019, "templates.limit_reached"],
  [2_388_023, "templates.name_reserved"],
  [2_388_024, "templates.name_taken"],
  [2_388_039, "templates.not_editable"],
]);
const badParameter = 100;
const unseenObject = 33;

/**
 * Why Meta did not take what was asked of a template. Its own words for the writer go along, because they name what our
 * checks do not know. A bad proof of our app is told by the same code and is no fault of the template.
 */
export function templateRefusal(result: Extract<CallResult<unknown>, { ok: false }>): Refusal {
  const { error } = result;
  if (error === null || error.code !== badParameter || /appsecret_proof/u.test(error.title)) {
    return refused(accountRefusal(result));
  }
  if (error.subcode === unseenObject) return refused("templates.not_found");
  const code = (error.subcode === null ? undefined : bySubcode.get(error.subcode)) ?? "templates.refused_by_whatsapp";
  return refused(code, { title: error.title, details: error.details ?? "" });
}
