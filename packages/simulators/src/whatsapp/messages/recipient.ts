import { parsePhoneNumberFromString } from "libphonenumber-js";
import { refuseCloud, refuseParameter } from "../graph/refusal.ts";
import type { Refusal } from "../graph/refusal.ts";
import { canonicalWaId } from "../people/canonical-wa-id.ts";
import { personByUserId, personOf } from "../people/directory.ts";
import type { Person } from "../people/person.ts";
import type { Account, BusinessNumber, State } from "../state.ts";
import type { SendRequest } from "./request.ts";

/** The person addressed, what was written (`input`) and whether a BSUID was used. */
export type Recipient = { person: Person; input: string; byUserId: boolean };

const PHONE = /^\+?[\d\s().-]+$/u;
const USER_ID = /^[A-Z]{2}\.(?:ENT\.)?[A-Za-z0-9]{1,128}$/u;

/** Finds the person that a send is for, by `to` (a phone number) or else `recipient` (a BSUID). */
export function findRecipient(
  state: State,
  account: Account,
  number: BusinessNumber,
  request: Pick<SendRequest, "to" | "recipient">,
): Recipient | Refusal {
  const { to, recipient } = request;
  if (to !== undefined && to !== "") return byPhone(state, number, to);
  if (recipient === undefined || recipient === "") return refuseParameter("The parameter to is required.");
  if (!USER_ID.test(recipient)) return refuseCloud(131009, "recipient is not a valid business-scoped user ID");
  const person = personByUserId(state, account, recipient);
  if (person === undefined) return refuseCloud(131009, "recipient does not belong to this business portfolio");
  return { person, input: recipient, byUserId: true };
}

function byPhone(state: State, number: BusinessNumber, to: string): Recipient | Refusal {
  const waId = PHONE.test(to) ? canonicalWaId(internationalDigits(to, number)) : "";
  if (!/^[1-9]\d{6,14}$/u.test(waId)) return refuseCloud(131009, "to is not a valid phone number");
  if (waId === number.digits) return refuseCloud(131021, "Sender and recipient phone number is the same");
  if (number.allowedRecipients?.map(canonicalWaId).includes(waId) === false) {
    return refuseCloud(
      131030,
      "Recipient phone number not in allowed list: Add recipient phone number to recipient list and try again",
    );
  }
  return { person: personOf(state, waId), input: to, byUserId: false };
}

/**
 * The digits of a number as dialled from abroad. Without `+`, full international digits are taken as they are; where
 * they make no number anywhere, the country code of the business's own number goes in front (Meta's number rule).
 */
function internationalDigits(to: string, number: BusinessNumber): string {
  const digits = to.replaceAll(/\D/gu, "");
  if (to.startsWith("+") || parsePhoneNumberFromString(`+${digits}`)?.isPossible()) return digits;
  const ownCountryCode = parsePhoneNumberFromString(`+${number.digits}`)?.countryCallingCode ?? "";
  return `${ownCountryCode}${digits.replace(/^0+/u, "")}`;
}
