import { salesforceAddress } from "@aparte/core/salesforce-address.ts";
import type { Site } from "./site.ts";

export const salesforce: Site = {
  ...salesforceAddress,
  crm: "salesforce",
  title: "Salesforce",
  // The browser's patterns cannot say more; `recordAt` and `isHost` do.
  matchPatterns: ["https://*.lightning.force.com/*"],
  // Seen in Lightning's record pages of 2024 to 2026, the newest first. Its lists have no preview beside them.
  hooks: {
    name: [
      "h1 lightning-formatted-name",
      'lightning-formatted-text[slot="primaryField"]',
      "h1 .slds-page-header__title",
      ".slds-page-header__title",
    ],
    preview: [],
  },
};
