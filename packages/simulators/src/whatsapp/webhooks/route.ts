import type { App, State } from "../state.ts";
import type { Update } from "./envelope.ts";

/** Where a webhook goes and whose secret signs it. */
export type Route = { app: App; callbackUrl: string };

/**
 * Every app that is subscribed to the account and has ticked the field, with the account's override before the app's
 * own callback. An app without either hears nothing.
 */
export function routesOf(state: State, update: Update): Route[] {
  const routes: Route[] = [];
  for (const [appId, { overrideCallbackUri }] of state.accounts.get(update.accountId)?.subscribedApps ?? []) {
    const app = state.apps.get(appId);
    const callbackUrl = overrideCallbackUri ?? app?.subscription.callbackUrl;
    if (app === undefined || callbackUrl === undefined || !app.subscription.fields.has(update.field)) continue;
    routes.push({ app, callbackUrl });
  }
  return routes;
}
