import { z } from "zod";
import type { App } from "../state.ts";
import { startUpload } from "../media/handles.ts";
import { challenge } from "../webhooks/challenge.ts";
import { FIELDS } from "../webhooks/fields.ts";
import { selectFields } from "./listing.ts";
import { parseParam } from "./params.ts";
import { appPartnerRoutes } from "./partner-routes.ts";
import { Refusal } from "./refusal.ts";
import type { Route } from "./route.ts";

const subscriptionSchema = z.looseObject({
  object: z.literal("whatsapp_business_account"),
  callback_url: z.string().min(1),
  verify_token: z.string().min(1),
  fields: z
    .union([z.string().transform((list) => list.split(",").map((field) => field.trim())), z.array(z.string())])
    .refine((fields) => fields.every((field) => Object.hasOwn(FIELDS, field)), "has a field that does not exist")
    .optional(),
});

/** What can be asked of an app. */
export const appRoutes: readonly Route<App>[] = [
  {
    method: "GET",
    edge: "",
    needs: "app",
    handle: (_sim, call, app) => selectFields(call, { id: app.id, name: app.name }, ["name"]),
  },
  {
    method: "GET",
    edge: "subscriptions",
    needs: "app",
    handle: (_sim, _call, { subscription }) => {
      if (subscription.callbackUrl === undefined) return { data: [] };
      const fields = [...subscription.fields].map((name) => ({ name, version: subscription.version }));
      return {
        data: [{ object: "whatsapp_business_account", callback_url: subscription.callbackUrl, active: true, fields }],
      };
    },
  },
  {
    method: "POST",
    edge: "subscriptions",
    needs: "app",
    handle: async (sim, call, app) => {
      const request = parseParam(subscriptionSchema, call.params, "");
      if (request instanceof Refusal) return request;
      const refused = await challenge(request.callback_url, request.verify_token);
      if (refused !== undefined) return refused;
      const fields = request.fields === undefined ? app.subscription.fields : new Set(request.fields);
      app.subscription = { callbackUrl: request.callback_url, fields, version: call.version };
      sim.ledger.record("subscription", { app_id: app.id, callback_url: request.callback_url, fields: [...fields] });
      return { success: true };
    },
  },
  { method: "POST", edge: "uploads", needs: "token", handle: startUpload },
  {
    method: "DELETE",
    edge: "subscriptions",
    needs: "app",
    handle: (sim, { params }, app) => {
      const fields = typeof params.fields === "string" && params.fields !== "" ? params.fields.split(",") : undefined;
      if (fields === undefined) app.subscription.callbackUrl = undefined;
      for (const field of fields ?? []) app.subscription.fields.delete(field.trim());
      sim.ledger.record("subscription_deleted", { app_id: app.id, ...(fields === undefined ? {} : { fields }) });
      return { success: true };
    },
  },
  ...appPartnerRoutes,
];
