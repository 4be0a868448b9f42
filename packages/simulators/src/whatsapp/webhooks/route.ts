import type { App, State } from "../state.ts";
import type { Update } from "./envelope.ts";

/** Where a webhook goes and whose secret signs it. */
export type Route = { app: App; callbackUrl: string };

/**
 * Every app that is subscribed to the account and has ticked the field. The number's override comes before the
 * account's, and that before the app's own callback; an app without any hears nothing.
 */
export function routesOf(state: State, update: Update): Route[] {
  const routes: Route[] = [];
  const overrides = state.numbers.get(phoneNumberIdOf(update))?.callbackOverrides;
  for (const [appId, { overrideCallbackUri }] of state.accounts.get(update.accountId)?.subscribedApps ?? []) {
    const app = state.apps.get(appId);
    const callbackUrl = overrides?.get(appId) ?? overrideCallbackUri ?? app?.subscription.callbackUrl;
    if (app === undefined || callbackUrl === undefined || !hears(app, update)) continue;
    routes.push({ app, callbackUrl });
  }
  return routes;
}

/** An app hears the fields it has ticked, and those that it cannot know of. */
function hears({ subscription }: App, { field, isUnknown = false }: Update): boolean {
  return isUnknown || subscription.fields.has(field);
}

function phoneNumberIdOf({ value }: Update): string {
  const { metadata } = value;
  return typeof metadata === "object" && metadata !== null && "phone_number_id" in metadata
    ? String(metadata.phone_number_id)
    : "";
}
