import { z } from "zod";

/**
 * What HubSpot's documentation says of the wire, written down once more for the test alone: an adapter and a simulator
 * that were both wrong in the same way would both fail here. Requests are strict, so that nothing unknown is sent.
 */

const id = z.string().regex(/^\d+$/);
const time = z.iso.datetime();

export const codeForm = z.strictObject({
  grant_type: z.literal("authorization_code"),
  client_id: z.uuid(),
  client_secret: z.string().min(1),
  redirect_uri: z.url(),
  code: z.string().min(1),
  /** RFC 7636: 43 to 128 unreserved characters. */
  code_verifier: z.string().regex(/^[\w.~-]{43,128}$/),
});

export const refreshForm = z.strictObject({
  grant_type: z.literal("refresh_token"),
  client_id: z.uuid(),
  client_secret: z.string().min(1),
  refresh_token: z.string().min(1),
});

export const tokenAnswer = z.looseObject({
  token_type: z.literal("bearer"),
  access_token: z.string().min(1),
  refresh_token: z.string().min(1),
  expires_in: z.literal(1800),
  hub_id: z.int(),
  scopes: z.array(z.string()),
});

/** HTML that HubSpot shows in a timeline entry, below the ceiling of 65,536 characters. */
const html = z
  .string()
  .max(65_536)
  .regex(/^<[^]+>$/);

const entryProperties = {
  hs_communication_body: html,
  hs_timestamp: time,
};

const newEntryProperties = {
  ...entryProperties,
  hs_communication_channel_type: z.literal("WHATS_APP"),
  hs_communication_logged_from: z.literal("CRM"),
};

export const upsertRequest = z.strictObject({
  inputs: z.tuple([
    z.strictObject({
      id: z.string().min(1),
      idProperty: z.string().min(1),
      properties: z.strictObject(newEntryProperties),
    }),
  ]),
});

/** A communication is filed under a contact by the association type 81 that HubSpot defines. */
export const createRequest = z.strictObject({
  properties: z.strictObject({ ...newEntryProperties, aparte_log_key: z.string().min(1) }),
  associations: z.tuple([
    z.strictObject({
      to: z.strictObject({ id }),
      types: z.tuple([
        z.strictObject({
          associationCategory: z.literal("HUBSPOT_DEFINED"),
          associationTypeId: z.literal(81),
        }),
      ]),
    }),
  ]),
});

export const updateRequest = z.strictObject({ properties: z.strictObject(entryProperties) });

export const recordAnswer = z.looseObject({
  id,
  properties: z.record(z.string(), z.string().nullable()),
  createdAt: time,
  updatedAt: time,
  archived: z.boolean(),
});

export const upsertAnswer = z.looseObject({
  status: z.literal("COMPLETE"),
  results: z.array(recordAnswer.extend({ new: z.boolean() })),
  startedAt: time,
  completedAt: time,
});

export const newPropertyRequest = z.strictObject({
  name: z.string().regex(/^[a-z][a-z0-9_]*$/),
  label: z.string().min(1),
  description: z.string().optional(),
  type: z.literal("string"),
  fieldType: z.literal("text"),
  groupName: z.string().min(1),
  hasUniqueValue: z.boolean(),
  hidden: z.boolean().optional(),
  formField: z.boolean().optional(),
});

export const errorAnswer = z.looseObject({
  status: z.literal("error"),
  message: z.string().min(1),
  correlationId: z.uuid(),
  category: z.string().regex(/^[A-Z_]+$/),
});
