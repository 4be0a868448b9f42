import { createHash } from "node:crypto";

/** The portal and the app that this simulator plays. Fixed, so that connections outlive a restart. */
export const PORTAL_ID = 24_601_042;
export const APP_ID = 3_141_592;
/** The app of the static token: what it writes is not the other app's own echo. */
export const PRIVATE_APP_ID = 3_141_593;
export const APP_NAME = "Aparté";
export const HUB_DOMAIN = "atelier-norte.example";
export const CLIENT_ID = "5b2f0c1e-7a34-4f0a-9a54-0d6f0f5f2b11";
export const CLIENT_SECRET = derived("client secret").slice(0, 36);
/** The static token of a private app in the same portal. */
export const PRIVATE_APP_TOKEN = `pat-eu1-${derived("private app token").slice(0, 32)}`;
/** Key of the developer account that the app belongs to. */
export const DEVELOPER_API_KEY = derived("developer key").slice(0, 36);
/** The person who approves a connection. */
export const USER_ID = 77_001;
export const USER_EMAIL = "clara.weiss@atelier-norte.example";
export const TIME_ZONE = "Europe/Berlin";

/** Secrets of a portal that exists nowhere: worked out instead of written down, so that no scanner mistakes them. */
function derived(purpose: string): string {
  return createHash("sha256").update(`hubspot simulator ${purpose}`).digest("hex");
}
