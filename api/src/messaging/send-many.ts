import type { ErrorCode } from "@aparte/core/errors.ts";
import type { SendManyInput } from "@aparte/core/inputs.ts";
import { filesOf, type TemplateContent } from "@aparte/core/message-content.ts";
import { stateRank } from "@aparte/core/message.ts";
import { refused, type Outcome } from "@aparte/core/result.ts";
import { consentReasons, templateUsable, type SendOrigin } from "@aparte/core/send-decision.ts";
import { renderTemplate } from "@aparte/core/template-render.ts";
import { valueProblems } from "@aparte/core/template-values.ts";
import type { TemplateView } from "@aparte/core/template.ts";
import { sql } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { loadChannel } from "../channels/service.ts";
import { loadConsents } from "../consent/entries.ts";
import { loadPolicy } from "../consent/policy.ts";
import { requireUploads } from "../media/service.ts";
import type { Deps } from "../platform/context.ts";
import { rows, type Tx } from "../platform/db.ts";
import { emit } from "../platform/events.ts";
import type { MemberContext } from "../platform/trpc.ts";
import { loadTemplate } from "../templates/service.ts";
import { asFilledIn, fillValues } from "./filled-values.ts";
import { kindsOfFiles } from "./files.ts";
import { priorities } from "./queue.ts";

/** One person of many. `id` is the message's: the same id never makes a second message. */
export type Recipient = {
  readonly id: string;
  readonly contactId: string;
  readonly values: Readonly<Record<string, string>>;
};

export type Many = {
  readonly workspaceId: string;
  readonly channelId: string;
  readonly templateId: string;
  readonly recipients: readonly Recipient[];
  readonly origin: Exclude<SendOrigin, "person">;
  /** Who set the machine going: their id for the audit trail, their name for the bubble. */
  readonly actor: { readonly userId: string; readonly name: string } | null;
};

export type Dropped = { readonly id: string; readonly contactId: string; readonly code: ErrorCode };

export type QueuedMany = {
  readonly queued: number;
  /** Already there from an earlier call with the same ids. */
  readonly known: number;
  /** Not queued, each with its reason. */
  readonly dropped: readonly Dropped[];
};

/** `queueMany` for whoever calls the API. */
export function sendMany(ctx: MemberContext, input: SendManyInput): Promise<Outcome<QueuedMany>> {
  const { workspaceId, userId, name } = ctx.actor;
  return ctx.database.inWorkspace(workspaceId, (tx) =>
    queueMany(tx, ctx, { ...input, workspaceId, actor: { userId, name } }),
  );
}

/**
 * Queues one template for many people in a few statements, whatever their number: the verb of campaigns, automations and bots.
 * Only what one query tells is looked at here (no consent, opted out, restricted); the gate decides in the lane, message by
 * message, and holds back what may leave later.
 */
export async function queueMany(
  tx: Tx,
  deps: Pick<Deps, "env" | "vault" | "now">,
  many: Many,
): Promise<Outcome<QueuedMany>> {
  const { workspaceId, channelId } = many;
  const now = deps.now();
  if (!(await loadChannel(tx, workspaceId, channelId))) return refused("channels.not_found");
  const stored = await loadTemplate(tx, workspaceId, many.templateId);
  if (!stored) return refused("templates.not_found");
  const template = asFilledIn(deps, stored);
  const unusable = templateUsable(template);
  if (unusable) return refused(unusable.code, unusable.facts);
  const recipients = await fillValues(tx, deps, { workspaceId, shape: stored.shape }, many.recipients);
  const codes = await reasonsAgainst(tx, { ...many, recipients }, template, now);
  const wanted = recipients.filter(({ id }) => !codes.has(id)).map((recipient) => draftOf(template, recipient));
  const kinds = new Map(wanted.flatMap(({ content }) => [...kindsOfFiles(content)]));
  const files = [...kinds].map(([fileId, kind]) => ({ fileId, kind }));
  const missing = await requireUploads(tx, { workspaceId, channelId }, files);
  if (missing) return missing;
  const made = await insertMany(tx, { ...many, category: template.category }, wanted, now);
  const known = await knownAmong(
    tx,
    many,
    wanted.filter(({ id }) => !made.has(id)),
  );
  const late = wanted.filter(({ id }) => !made.has(id) && !known.has(id));
  const dropped = [
    ...recipients.flatMap(({ id, contactId }) => {
      const code = codes.get(id);
      return code === undefined ? [] : [{ id, contactId, code }];
    }),
    ...late.map(({ id, contactId }) => ({ id, contactId, code: "messaging.id_reused" as const })),
  ];
  return { ok: true, queued: made.size, known: known.size, dropped };
}

type Draft = { readonly id: string; readonly contactId: string; readonly content: TemplateContent };

function draftOf(template: TemplateView, { id, contactId, values }: Recipient): Draft {
  const { id: templateId, name, language, shape } = template;
  const bubble = renderTemplate(shape, values);
  return { id, contactId, content: { kind: "template", templateId, name, language, values, bubble } };
}

/** What is known against some of them without asking the gate, by message id. */
async function reasonsAgainst(
  tx: Tx,
  { workspaceId, channelId, recipients }: Many,
  { category, shape }: TemplateView,
  now: Date,
): Promise<ReadonlyMap<string, ErrorCode>> {
  const contactIds = [...new Set(recipients.map(({ contactId }) => contactId))];
  const policy = await loadPolicy(tx, workspaceId);
  const standing = await loadStanding(tx, workspaceId, contactIds);
  const consents = await loadConsents(tx, { workspaceId, channelId, contactIds }, now);
  const codeOf = ({ contactId, values }: Recipient): ErrorCode | null => {
    const person = standing.get(contactId);
    const consent = consents.get(contactId);
    if (!person || !consent) return "contacts.not_found";
    if (person.restricted) return "contacts.restricted";
    const [reason] = consentReasons(category, { consent, policy });
    if (reason) return reason.code;
    const [problem] = valueProblems(shape, values);
    return problem ? (problem.rule === "missing" ? "templates.value_missing" : "templates.value_invalid") : null;
  };
  return new Map(
    recipients.flatMap((recipient): [string, ErrorCode][] => {
      const code = codeOf(recipient);
      return code === null ? [] : [[recipient.id, code]];
    }),
  );
}

type Standing = { readonly id: string; readonly restricted: boolean };

async function loadStanding(
  tx: Tx,
  workspaceId: string,
  contactIds: readonly string[],
): Promise<ReadonlyMap<string, Standing>> {
  const found = await tx.execute<Standing>(sql`
    select c.id, c.restricted_at is not null as restricted
    from jsonb_to_recordset(${rows(contactIds.map((id) => ({ id })))}) as r(id uuid)
    join contacts c on c.workspace_id = ${workspaceId} and c.id = r.id and c.merged_into is null`);
  return new Map(found.map((person) => [person.id, person]));
}

type Place = { readonly workspaceId: string; readonly channelId: string };

/** Makes the messages whose id is free and tells of them; answers with their ids. */
async function insertMany(
  tx: Tx,
  many: Many & Pick<TemplateView, "category">,
  wanted: readonly Draft[],
  now: Date,
): Promise<ReadonlySet<string>> {
  if (wanted.length === 0) return new Set();
  const { workspaceId, channelId, category, origin, actor } = many;
  await ensureConversations(tx, many, wanted);
  const list = wanted.map((draft, place) => ({ ...draft, place, files: filesOf(draft.content) }));
  const made = await tx.execute<{ id: string; conversationId: string; contactId: string }>(sql`
    with made as (
      insert into messaging_messages (workspace_id, id, conversation_id, direction, content, files, category, state, state_rank,
        author, at, priority, origin, lane_id, next_attempt_at)
      select v.workspace_id, r.id, v.id, 'out', r.content, r.files, ${category}, 'queued', ${stateRank("queued")},
        ${actor?.name ?? null}, ${now.toISOString()}, ${priorities[category]}, ${origin}, v.channel_id, now()
      from jsonb_to_recordset(${rows(list)}) as r(id uuid, "contactId" uuid, content jsonb, files text[], place int)
      join messaging_conversations v
        on v.workspace_id = ${workspaceId} and v.channel_id = ${channelId} and v.contact_id = r."contactId"
      join contacts c on c.workspace_id = v.workspace_id and c.id = v.contact_id and c.merged_into is null
      order by r.place
      on conflict (workspace_id, id) do nothing returning workspace_id, id, conversation_id)
    select m.id, m.conversation_id as "conversationId", v.contact_id as "contactId"
    from made m join messaging_conversations v on v.workspace_id = m.workspace_id and v.id = m.conversation_id`);
  await emit(
    tx,
    made.map(({ id: messageId, conversationId, contactId }) => ({
      name: "message.queued" as const,
      workspaceId,
      ...(actor === null ? {} : { actor: actor.userId }),
      payload: { messageId, conversationId, contactId },
    })),
  );
  return new Set(made.map(({ id }) => id));
}

/** Conversations are kept with their contacts until the messages are queued: a merge waits and takes them along. */
async function ensureConversations(tx: Tx, { workspaceId, channelId }: Place, wanted: readonly Draft[]): Promise<void> {
  const people = [...new Set(wanted.map(({ contactId }) => contactId))].toSorted();
  const list = rows(people.map((contactId) => ({ contactId, id: uuidv7() })));
  await tx.execute(sql`
    insert into messaging_conversations (workspace_id, id, channel_id, contact_id)
    select ${workspaceId}, r.id, ${channelId}, r."contactId" from jsonb_to_recordset(${list}) as r(id uuid, "contactId" uuid)
    order by r."contactId"
    on conflict (workspace_id, channel_id, contact_id) do nothing`);
  await tx.execute(sql`
    select from messaging_conversations v join jsonb_to_recordset(${list}) as r("contactId" uuid)
      on v.workspace_id = ${workspaceId} and v.channel_id = ${channelId} and v.contact_id = r."contactId"
    order by v.id for key share of v`);
}

/** Which of these ids an earlier call with the same words made; the others belong to other messages. */
async function knownAmong(tx: Tx, { workspaceId, channelId }: Place, drafts: readonly Draft[]): Promise<Set<string>> {
  if (drafts.length === 0) return new Set();
  const list = drafts.map(({ id, contactId, content: { templateId, values } }) => ({
    id,
    contactId,
    templateId,
    values,
  }));
  const found = await tx.execute<{ id: string }>(sql`
    select m.id from jsonb_to_recordset(${rows(list)}) as r(id uuid, "contactId" uuid, "templateId" text, "values" jsonb)
    join messaging_messages m on m.workspace_id = ${workspaceId} and m.id = r.id and m.direction = 'out'
      and m.content ->> 'templateId' = r."templateId" and m.content -> 'values' = r."values"
    join messaging_conversations v on v.workspace_id = m.workspace_id and v.id = m.conversation_id
      and v.channel_id = ${channelId} and v.contact_id = r."contactId"`);
  return new Set(found.map(({ id }) => id));
}
