import { listEvents, listHistory } from "../messages/history.ts";
import type { SentMessage } from "../messages/message.ts";
import { postEncrypted, postMarketingMessage, postMessage } from "../messages/send.ts";
import type { BusinessNumber } from "../state.ts";
import type { Route } from "./route.ts";

/** How a business number sends. */
export const messageRoutes: readonly Route<BusinessNumber>[] = [
  { method: "POST", edge: "messages", needs: "whatsapp_business_messaging", handle: postMessage },
  { method: "POST", edge: "marketing_messages", needs: "whatsapp_business_messaging", handle: postMarketingMessage },
  { method: "POST", edge: "messages_encrypted", needs: "whatsapp_business_messaging", handle: postEncrypted },
  { method: "GET", edge: "message_history", needs: "whatsapp_business_management", handle: listHistory },
];

/** What can be asked of an entry of the message history. */
export const historyRoutes: readonly Route<SentMessage>[] = [
  { method: "GET", edge: "events", needs: "whatsapp_business_management", handle: listEvents },
];
