import { postMarketingMessage, postMessage } from "../messages/send.ts";
import type { BusinessNumber } from "../state.ts";
import type { Route } from "./route.ts";

/** How a business number sends. */
export const messageRoutes: readonly Route<BusinessNumber>[] = [
  { method: "POST", edge: "messages", needs: "whatsapp_business_messaging", handle: postMessage },
  { method: "POST", edge: "marketing_messages", needs: "whatsapp_business_messaging", handle: postMarketingMessage },
];
