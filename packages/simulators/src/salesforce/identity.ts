import { createHash } from "node:crypto";
import { to18 } from "./record-id.ts";

/** The org and the app that this simulator plays. Fixed, so that connections outlive a restart. */
export const ORG_ID = to18("00DgK000000Demo");
export const MY_DOMAIN = "aparte-demo";
export const ORG_NAME = "Aparté Demo";
export const APP_NAME = "Aparté";
export const CLIENT_ID = `3MVG9.${derived("client id").slice(0, 79)}`;
export const CLIENT_SECRET = derived("client secret").toUpperCase();
/** The host of the org's pages, and that of its API in the real service. */
export const LIGHTNING_URL = `https://${MY_DOMAIN}.lightning.force.com`;
export const CUSTOM_DOMAIN = `https://${MY_DOMAIN}.my.salesforce.com`;

/** Secrets of an org that exists nowhere: worked out instead of written down, so that no scanner mistakes them. */
function derived(purpose: string): string {
  return createHash("sha256").update(`salesforce simulator ${purpose}`).digest("hex").repeat(2).slice(0, 79);
}
