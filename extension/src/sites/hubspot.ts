import { hubspotAddress } from "@aparte/core/hubspot-address.ts";
import type { Site } from "./site.ts";

/** Chrome's patterns cannot say `app-*`, hence the list. */
const hosts = ["app", "app-eu1", "app-na1", "app-na2", "app-na3", "app-ap1"];

export const hubspot: Site = {
  ...hubspotAddress,
  crm: "hubspot",
  title: "HubSpot",
  matchPatterns: hosts.map((name) => `https://${name}.hubspot.com/*`),
  // Seen in HubSpot's pages in October 2026. The preview beside a list is of builds that do not change the address for it.
  hooks: {
    name: ['[data-test-id="highlight-record-label"]', '[data-selenium-test="highlightTitle"]'],
    preview: ['[data-selenium-test="grid-sidebar-container-profile-btn"][href]'],
  },
};
