import type { StatusFact } from "@aparte/whatsapp/facts.ts";

/** Our id of the message, as Meta gave it back; null when it is none of ours. */
export function echoedId({ callbackData }: StatusFact): string | null {
  return callbackData !== null && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(callbackData)
    ? callbackData
    : null;
}
