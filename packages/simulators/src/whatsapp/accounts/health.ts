import type { Account, BusinessNumber } from "../state.ts";

type Trouble = { error_code: number; error_description: string; possible_solution: string };
type Verdict = "AVAILABLE" | "LIMITED" | "BLOCKED";
type Entity = {
  entity_type: string;
  id: string;
  can_send_message: Verdict;
  errors?: Trouble[];
  additional_info?: string[];
};

const NOT_REGISTERED: Trouble = {
  error_code: 141000,
  error_description: "The phone number is not registered.",
  possible_solution: "Register the phone number before sending messages.",
};
const NO_PAYMENT: Trouble = {
  error_code: 141006,
  error_description: "There is an error with the payment method. This will block business initiated conversations.",
  possible_solution: "There was an error with your payment method. Please add a new payment method to the account.",
};
const LOCKED: Trouble = {
  error_code: 141014,
  error_description: "The WhatsApp Business account is banned.",
  possible_solution: "Please visit Business Support Home for more details on how to appeal the ban.",
};
const NOT_VERIFIED: Trouble = {
  error_code: 141010,
  error_description: "The business has not passed business verification.",
  possible_solution: "Visit business settings and start or resolve the business verification request.",
};
const NAME_DECLINED =
  "Your display name has not been approved yet. Your message limit will increase after it is approved.";
const WORST: readonly Verdict[] = ["BLOCKED", "LIMITED", "AVAILABLE"];

/**
 * `health_status`: whether messages can be sent, and for each of the number, account, business and app what is in the
 * way and what helps (Meta: health status).
 */
export function healthOf(
  account: Account,
  { number }: { number?: BusinessNumber } = {},
): { can_send_message: Verdict; entities: Entity[] } {
  const ofAccount = [...(account.locked ? [LOCKED] : []), ...(account.hasPaymentMethod ? [] : [NO_PAYMENT])];
  const entities: Entity[] = [
    ...(number === undefined ? [] : [numberEntity(number)]),
    entity("WABA", account.id, ofAccount, "BLOCKED"),
    entity("BUSINESS", account.businessId, account.verified ? [] : [NOT_VERIFIED], "LIMITED"),
    entity("APP", account.appId, [], "BLOCKED"),
  ];
  const verdict = WORST.find((level) => entities.some(({ can_send_message }) => can_send_message === level));
  return { can_send_message: verdict ?? "AVAILABLE", entities };
}

function numberEntity(number: BusinessNumber): Entity {
  const found = entity("PHONE_NUMBER", number.id, number.registered ? [] : [NOT_REGISTERED], "BLOCKED");
  if (number.nameStatus === "APPROVED" || found.can_send_message === "BLOCKED") return found;
  return { ...found, can_send_message: "LIMITED", additional_info: [NAME_DECLINED] };
}

function entity(entity_type: string, id: string, errors: Trouble[], worst: Verdict): Entity {
  return errors.length === 0
    ? { entity_type, id, can_send_message: "AVAILABLE" }
    : { entity_type, id, can_send_message: worst, errors };
}
