import type { FastifyInstance } from "fastify";
import { z } from "zod";
import { invalidRequest, objectNotFound } from "./api-error.ts";
import { associate, dissociate } from "./associate-records.ts";
import { ASSOCIATION_TYPES } from "./association-types.ts";
import { requireDefault } from "./association-routes.ts";
import { USER_ID } from "./identity.ts";
import { eraseRecord, mergeRecords } from "./merge-records.ts";
import type { Portal } from "./portal.ts";
import type { CrmRecord } from "./record-store.ts";
import { idSchema, propertiesSchema, readObjectType } from "./request-parts.ts";
import { describeRecord } from "./steering-routes.ts";
import { archiveRecord, createRecord, restoreRecord, updateRecord } from "./write-records.ts";
import type { Write } from "./write.ts";

const by = { user_id: z.int().default(USER_ID), type: z.string() };
const record = { ...by, id: idSchema };
const pair = { ...record, to_type: z.string(), to_id: idSchema };

const editSchema = z.discriminatedUnion("action", [
  z.strictObject({ action: z.literal("create"), ...by, properties: propertiesSchema }),
  z.strictObject({ action: z.literal("update"), ...record, properties: propertiesSchema }),
  z.strictObject({ action: z.literal("archive"), ...record }),
  z.strictObject({ action: z.literal("restore"), ...record }),
  z.strictObject({ action: z.literal("erase"), ...record }),
  z.strictObject({ action: z.literal("merge"), ...record, merged_id: idSchema }),
  z.strictObject({ action: z.literal("associate"), ...pair, primary: z.boolean().default(false) }),
  z.strictObject({ action: z.literal("dissociate"), ...pair }),
]);
type Edit = z.infer<typeof editSchema>;

/**
 * Mounts `/_sim/edit` (POST): what a person does in HubSpot's own pages, under the same rules as the API and refused in
 * the same words. Webhooks tell it as `CRM_UI` with `userId:<user_id>`; the answer is the record as it stands then.
 */
export function mountEditing(app: FastifyInstance, portal: Portal): void {
  app.post("/_sim/edit", (request, reply) => {
    const parsed = editSchema.safeParse(request.body);
    if (!parsed.success) return reply.code(400).send({ error: z.prettifyError(parsed.error) });
    const source = { changeSource: "CRM_UI", sourceId: `userId:${parsed.data.user_id}` };
    const write = { portal, method: request.method, path: request.url, by: source };
    return describeRecord(portal, apply(write, parsed.data));
  });
}

/** Does it, and returns the record that it was done to or that it made. */
function apply(write: Write, edit: Edit): CrmRecord {
  const type = readObjectType(edit.type);
  if (edit.action === "create") return createRecord(write, type, edit);
  const found = requireRecord(write, edit, edit.action === "restore");
  switch (edit.action) {
    case "update":
      return updateRecord(write, found, edit.properties);
    case "archive":
      archiveRecord(write, found);
      return found;
    case "restore":
      restoreRecord(write, found);
      return found;
    case "erase":
      if (type.name !== "contacts") throw invalidRequest("Only contacts can be erased");
      eraseRecord(write, found);
      return found;
    case "merge":
      return mergeRecords(write, found, requireRecord(write, { type: edit.type, id: edit.merged_id }));
    case "associate":
    case "dissociate":
      return relate(write, found, edit);
  }
}

function relate(write: Write, from: CrmRecord, edit: Extract<Edit, { action: "associate" | "dissociate" }>): CrmRecord {
  const to = requireRecord(write, { type: edit.to_type, id: edit.to_id });
  if (edit.action === "dissociate") {
    dissociate(write, { from, to });
    return from;
  }
  const primary = ASSOCIATION_TYPES.find(
    (type) => type.from === from.type.name && type.to === to.type.name && type.label === "Primary",
  );
  const types = edit.primary && primary !== undefined ? [primary] : [requireDefault(from.type, to.type)];
  associate(write, { from, to }, types);
  return from;
}

function requireRecord({ portal }: Write, { type, id }: { type: string; id: string }, archived = false): CrmRecord {
  const found = portal.records.find(readObjectType(type), id);
  if (found === undefined || (found.archivedAt !== undefined) !== archived) throw objectNotFound([id]);
  return found;
}
