import { z } from "zod";
import { manualConsentMethods, consentPurposes } from "./consent.ts";
import { freeContentInput } from "./content-input.ts";
import { roles } from "./roles.ts";

/** The inputs of the procedures that more than one client calls. Unknown keys are refused, so nothing rides along. */

const id = z.uuid();

/** Values of a template by variable key (see `templateVariables`). Meta's longest place, a body or a URL, bounds each. */
const templateValues = z.record(z.string().max(80), z.string().max(2000));

export const sendMessageInput = z.strictObject({
  /** Made by the client, once per message: the same id never makes a second message. */
  id,
  contactId: id,
  channelId: id,
  content: freeContentInput,
  /** The message that is quoted; for a reaction, the one that it is about. */
  replyTo: id.nullable(),
});
export type SendMessageInput = z.infer<typeof sendMessageInput>;

export const sendTemplateInput = z.strictObject({
  id,
  contactId: id,
  channelId: id,
  templateId: id,
  values: templateValues,
});
export type SendTemplateInput = z.infer<typeof sendTemplateInput>;

export const maySendInput = z.strictObject({
  contactId: id,
  channelId: id,
  /** Without words or values: they are then not looked at. */
  intent: z.discriminatedUnion("kind", [
    z.strictObject({ kind: z.literal("free") }),
    z.strictObject({ kind: z.literal("template"), templateId: id, values: templateValues.nullable().default(null) }),
  ]),
});
export type MaySendInput = z.infer<typeof maySendInput>;

/** So many people one call may name; a machine with more to tell calls again. */
export const maxRecipients = 1000;

export const sendManyInput = z.strictObject({
  channelId: id,
  templateId: id,
  /** What sends: all of them wait for the hours and caps that the firm set. */
  origin: z.enum(["campaign", "automation", "bot"]),
  /** `id` is the message's, made by the client: the same id never makes a second message. */
  recipients: z
    .array(z.strictObject({ id, contactId: id, values: templateValues }))
    .min(1)
    .max(maxRecipients),
});
export type SendManyInput = z.infer<typeof sendManyInput>;

export const seenInput = z.strictObject({ messageId: id, typing: z.boolean() });
export type SeenInput = z.infer<typeof seenInput>;

export const resendInput = z.strictObject({ id });
export type ResendInput = z.infer<typeof resendInput>;

export const historyInput = z.strictObject({
  contactId: id,
  channelId: id,
  /** Id of the oldest message already shown. */
  before: id,
  limit: z.int().min(1).max(100).default(50),
});
export type HistoryInput = z.input<typeof historyInput>;

export const liveInput = z.strictObject({
  contactId: id,
  channelId: id,
  /** The snapshot's cursor; on reconnection the id of the last update wins. */
  cursor: z.string().max(100),
  lastEventId: z.string().max(100).nullish(),
});
export type LiveInput = z.infer<typeof liveInput>;

export const recordConsentInput = z.strictObject({
  contactId: id,
  purposes: z.array(z.enum(consentPurposes)).min(1).max(consentPurposes.length).readonly(),
  /** The number that it is about; null: all numbers of the workspace. */
  channelId: id.nullable().default(null),
  action: z.enum(["given", "withdrawn"]),
  method: z.enum(manualConsentMethods),
  /** What the person was told or said, in their words. Proof without words proves nothing. */
  wording: z.string().trim().min(1).max(2000),
  /** BCP 47, of the words. */
  language: z.string().max(35).nullable().default(null),
  /** A file that proves it, uploaded before: a scan, a recording. */
  fileId: id.nullable().default(null),
  /** ISO 8601; not in the future. */
  occurredAt: z.iso.datetime(),
});
export type RecordConsentInput = z.input<typeof recordConsentInput>;

/** Entries of one act that was a mistake, by the person who has just written them down. */
export const undoConsentInput = z.strictObject({ entryIds: z.array(id).min(1).max(20).readonly() });
export type UndoConsentInput = z.infer<typeof undoConsentInput>;

export const connectChannelInput = z.strictObject({
  wabaId: z.string().regex(/^\d{5,25}$/),
  phoneNumberId: z.string().regex(/^\d{5,25}$/),
  accessToken: z.string().min(10).max(2000),
});
export type ConnectChannelInput = z.infer<typeof connectChannelInput>;

export const addMemberInput = z.strictObject({
  name: z.string().trim().min(1).max(120),
  email: z.email().max(254),
  role: z.enum(roles),
  password: z.string().min(15).max(128),
});
export type AddMemberInput = z.infer<typeof addMemberInput>;

export const setUpWorkspaceInput = z.strictObject({
  setupToken: z.string().min(1).max(200),
  workspaceName: z.string().trim().min(1).max(120),
  name: z.string().trim().min(1).max(120),
  email: z.email().max(254),
  password: z.string().min(15).max(128),
});
export type SetUpWorkspaceInput = z.infer<typeof setUpWorkspaceInput>;
