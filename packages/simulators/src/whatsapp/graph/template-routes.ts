import type { Account } from "../state.ts";
import type { Template } from "../templates/model.ts";
import { archiveTemplates, unarchiveTemplates } from "../templates/archive.ts";
import { previewCodes, upsertCodes } from "../templates/code-templates.ts";
import { createTemplate } from "../templates/create.ts";
import { deleteTemplates } from "../templates/delete.ts";
import { editTemplate } from "../templates/edit.ts";
import { compareTemplates, templateAnalytics } from "../templates/insights.ts";
import { listTemplates, readListedTemplate, readTemplate } from "../templates/list.ts";
import { unpauseOnDemand } from "../templates/pausing.ts";
import { browseReadyMade } from "../templates/ready-made-create.ts";
import type { Route } from "./route.ts";

const needs = "whatsapp_business_management";

/** What can be asked of the templates of an account. */
export const accountTemplateRoutes: readonly Route<Account>[] = [
  { method: "GET", edge: "message_templates", needs, handle: listTemplates },
  { method: "GET", edge: "message_templates", item: true, needs, handle: readListedTemplate },
  { method: "POST", edge: "message_templates", needs, handle: createTemplate },
  { method: "DELETE", edge: "message_templates", needs, handle: deleteTemplates },
  { method: "GET", edge: "message_template_previews", needs, handle: (_sim, call) => previewCodes(call) },
  { method: "POST", edge: "upsert_message_templates", needs, handle: upsertCodes },
  { method: "GET", edge: "message_template_library", needs, handle: (_sim, call) => browseReadyMade(call) },
  { method: "POST", edge: "archive_message_templates", needs, handle: archiveTemplates },
  { method: "POST", edge: "unarchive_message_templates", needs, handle: unarchiveTemplates },
  { method: "GET", edge: "template_analytics", needs, handle: templateAnalytics },
];

/** What can be asked of one template. */
export const templateRoutes: readonly Route<Template>[] = [
  { method: "GET", edge: "", needs, handle: readTemplate },
  { method: "POST", edge: "", needs, handle: editTemplate },
  { method: "POST", edge: "unpause", needs, handle: (sim, _call, template) => unpauseOnDemand(sim, template) },
  { method: "GET", edge: "compare", needs, handle: compareTemplates },
];
