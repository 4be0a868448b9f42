import { readBot, setAutomation } from "../numbers/automation.ts";
import { blockUsers, listBlocked, unblockUsers } from "../numbers/block-list.ts";
import { changeNumber } from "../numbers/change.ts";
import { readCommerce, writeCommerce } from "../numbers/commerce.ts";
import { forgetContact } from "../numbers/contact-book.ts";
import { NUMBER_DEFAULTS, numberNode } from "../numbers/node.ts";
import { applyOfficial, readCompliance, readKey, readOfficial, writeCompliance, writeKey } from "../numbers/papers.ts";
import { readProfile, readProfileNode, writeProfile, writeProfileNode } from "../numbers/profile.ts";
import { deleteQrCode, listQrCodes, readQrCode, rewriteQrCode, writeQrCode } from "../numbers/qr-codes.ts";
import { removeNumber } from "../numbers/remove.ts";
import { deregister, register } from "../numbers/registration.ts";
import { readSettings, writeSettings } from "../numbers/settings.ts";
import { deleteUsername, readUsername, setUsername, suggestUsernames } from "../numbers/username.ts";
import { requestCode, verifyCode } from "../numbers/verification.ts";
import type { BusinessNumber } from "../state.ts";
import { selectFields } from "./listing.ts";
import type { Route } from "./route.ts";

const manages = "whatsapp_business_management";
const messages = "whatsapp_business_messaging";

/** What can be asked of a business phone number beside sending. */
export const numberRoutes: readonly Route<BusinessNumber>[] = [
  {
    method: "GET",
    edge: "",
    needs: manages,
    handle: (sim, call, number) => selectFields(call, numberNode(sim, number), NUMBER_DEFAULTS),
  },
  { method: "POST", edge: "", needs: manages, handle: changeNumber },
  { method: "DELETE", edge: "", needs: manages, handle: removeNumber },
  { method: "POST", edge: "request_code", needs: manages, handle: requestCode },
  { method: "POST", edge: "verify_code", needs: manages, handle: verifyCode },
  { method: "POST", edge: "register", needs: manages, handle: register },
  { method: "POST", edge: "deregister", needs: manages, handle: deregister },
  { method: "GET", edge: "settings", needs: manages, handle: readSettings },
  { method: "POST", edge: "settings", needs: manages, handle: writeSettings },
  { method: "GET", edge: "whatsapp_business_profile", needs: messages, handle: readProfile },
  { method: "POST", edge: "whatsapp_business_profile", needs: messages, handle: writeProfile },
  { method: "GET", edge: "block_users", needs: messages, handle: listBlocked },
  { method: "POST", edge: "block_users", needs: messages, handle: blockUsers },
  { method: "DELETE", edge: "block_users", needs: messages, handle: unblockUsers },
  { method: "DELETE", edge: "contact_book", needs: messages, handle: forgetContact },
  { method: "GET", edge: "message_qrdls", needs: manages, handle: listQrCodes },
  { method: "POST", edge: "message_qrdls", needs: manages, handle: writeQrCode },
  { method: "GET", edge: "message_qrdls", item: true, needs: manages, handle: readQrCode },
  { method: "POST", edge: "message_qrdls", item: true, needs: manages, handle: rewriteQrCode },
  { method: "DELETE", edge: "message_qrdls", item: true, needs: manages, handle: deleteQrCode },
  { method: "POST", edge: "conversational_automation", needs: manages, handle: setAutomation },
  { method: "GET", edge: "conversational_automation", needs: manages, handle: readBot },
  { method: "GET", edge: "username", needs: manages, handle: readUsername },
  { method: "POST", edge: "username", needs: manages, handle: setUsername },
  { method: "DELETE", edge: "username", needs: manages, handle: deleteUsername },
  { method: "GET", edge: "username_suggestions", needs: manages, handle: suggestUsernames },
  { method: "GET", edge: "whatsapp_commerce_settings", needs: manages, handle: readCommerce },
  { method: "POST", edge: "whatsapp_commerce_settings", needs: manages, handle: writeCommerce },
  { method: "GET", edge: "whatsapp_business_encryption", needs: messages, handle: readKey },
  { method: "POST", edge: "whatsapp_business_encryption", needs: messages, handle: writeKey },
  { method: "GET", edge: "official_business_account", needs: manages, handle: readOfficial },
  { method: "POST", edge: "official_business_account", needs: manages, handle: applyOfficial },
  { method: "GET", edge: "business_compliance_info", needs: manages, handle: readCompliance },
  { method: "POST", edge: "business_compliance_info", needs: manages, handle: writeCompliance },
];

/** What can be asked of a business profile by its own id. */
export const profileRoutes: readonly Route<BusinessNumber>[] = [
  { method: "GET", edge: "", needs: messages, handle: readProfileNode },
  { method: "POST", edge: "", needs: messages, handle: writeProfileNode },
];

/** What can be asked of the prompts and commands of a number by their own id. */
export const botRoutes: readonly Route<BusinessNumber>[] = [
  { method: "GET", edge: "", needs: manages, handle: readBot },
];
