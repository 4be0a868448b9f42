import { z } from "zod";
import type { App } from "../state.ts";
import { startUpload } from "../media/handles.ts";
import { challenge } from "../webhooks/challenge.ts";
import { selectFields } from "./listing.ts";
import { parseParam } from "./params.ts";
import { Refusal } from "./refusal.ts";
import type { Route } from "./route.ts";

/** The webhook fields of `whatsapp_business_account` that an app can tick. */
const WEBHOOK_FIELDS = new Set([
  "account_alerts",
  "account_review_update",
  "account_update",
  "automatic_events",
  "business_capability_update",
  "business_username_updates",
  "calls",
  "flows",
  "group_lifecycle_update",
  "group_participants_update",
  "group_settings_update",
  "group_status_update",
  "history",
  "message_template_components_update",
  "message_template_quality_update",
  "message_template_status_update",
  "messages",
  "messaging_handovers",
  "partner_solutions",
  "payment_configuration_update",
  "phone_number_name_update",
  "phone_number_quality_update",
  "security",
  "smb_app_state_sync",
  "smb_message_echoes",
  "standby",
  "template_category_update",
  "user_preferences",
]);

const subscriptionSchema = z.looseObject({
  object: z.literal("whatsapp_business_account"),
  callback_url: z.string().min(1),
  verify_token: z.string().min(1),
  fields: z
    .union([z.string().transform((list) => list.split(",").map((field) => field.trim())), z.array(z.string())])
    .refine((fields) => fields.every((field) => WEBHOOK_FIELDS.has(field)), "has a field that does not exist")
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
    handle: (sim, _call, app) => {
      app.subscription.callbackUrl = undefined;
      sim.ledger.record("subscription_deleted", { app_id: app.id });
      return { success: true };
    },
  },
];
