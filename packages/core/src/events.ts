/**
 * The one vocabulary of news: `noun.past_tense`, each with the ids that a reader needs to load the rest.
 * Payloads never hold message text, phone numbers or tokens: the log is read by many and exported.
 */
export type EventPayloads = {
  "workspace.created": { readonly workspaceId: string };
  "member.added": { readonly userId: string; readonly role: string };
  "channel.connected": { readonly channelId: string };
  "channel.refreshed": { readonly channelId: string };
  /** Something was changed at Meta: `what` names it. */
  "channel.changed": { readonly channelId: string; readonly what: string };
  "templates.synced": { readonly channelId: string; readonly count: number };
  "template.changed": { readonly templateId: string; readonly status: string };
  "version.saved": { readonly versionId: string };
  "version.discarded": { readonly versionId: string };
  "version.submitted": { readonly versionId: string; readonly templateId: string | null };
  "contact.created": { readonly contactId: string };
  /** Two contacts turned out to be one person: what belonged to `mergedId` belongs to `contactId`. */
  "contact.merged": { readonly contactId: string; readonly mergedId: string };
  /** The person is to be forgotten: a CRM erased them, or (null) an administrator decided it. */
  "contact.erasure_asked": { readonly contactId: string; readonly connectionId: string | null };
  "contact.erased": { readonly contactId: string };
  /** Processing was restricted or held for a legal claim (`keeping`), or that was lifted. */
  "contact.kept": { readonly contactId: string; readonly keeping: string; readonly on: boolean };
  /** A name or number was wrong; what it was stands nowhere. */
  "contact.corrected": { readonly contactId: string; readonly what: string };
  "contact.blocked": { readonly contactId: string; readonly channelId: string; readonly blocked: boolean };
  "consent.changed": { readonly contactId: string; readonly consentEntryId: string };
  /** Something that the person wrote may be meant as a stop: marketing rests until somebody has read it. */
  "review.opened": { readonly contactId: string; readonly reviewId: string };
  "review.resolved": { readonly contactId: string; readonly reviewId: string; readonly verdict: string };
  /** An administrator decided anew; `settings` names what changed. */
  "policy.changed": { readonly settings: string };
  /** The firm wrote its preference page anew in a language. */
  "consent.import_changed": { readonly importId: string; readonly state: string };
  /** Somebody fetched a list of people. */
  "consent.exported": { readonly list: string };
  "consent.texts_saved": { readonly language: string };
  /** Links to the preference page of a person that were given out open nothing any more. */
  "consent.links_revoked": { readonly contactId: string };
  "consent.join_made": { readonly joinId: string };
  "consent.join_ended": { readonly joinId: string };
  /** A message held a code; `joinId` is null when nobody made it. */
  "consent.join_answered": {
    readonly joinId: string | null;
    readonly contactId: string;
    readonly outcome: string;
  };
  "message.queued": MessageRef;
  "message.received": MessageRef;
  /** A colleague wrote it on the phone (coexistence with the WhatsApp Business app). */
  "message.echoed": MessageRef;
  "message.changed": MessageRef & { readonly state: string };
  /** It says something else now: the writer edited it or took it back, or somebody reacted to it. */
  "message.edited": MessageRef;
  /** Somebody of the firm read it, and the person was told. */
  "message.seen": MessageRef;
  /** A file arrived, was refused or given up. */
  "file.changed": { readonly fileId: string };
  "webhook.unknown_kept": { readonly kind: string };
  "privacy.export_asked": { readonly contactId: string; readonly exportId: string };
  "privacy.export_taken": { readonly contactId: string; readonly exportId: string };
  "privacy.retention_set": { readonly kind: string; readonly days: number };
  "privacy.purged": { readonly removed: number };
  "pricing.changed": { readonly count: number };
  "crm.connected": { readonly connectionId: string };
  "crm.disconnected": { readonly connectionId: string };
  "crm.record_linked": { readonly contactId: string; readonly connectionId: string };
  "crm.record_unlinked": { readonly contactId: string; readonly connectionId: string };
  /** What stands around the person's records, or who is responsible for them, is another one now. */
  "crm.record_changed": { readonly contactId: string; readonly connectionId: string };
  /** Somebody said whose a number is. */
  "crm.match_corrected": { readonly contactId: string; readonly connectionId: string; readonly verdict: string };
  "crm.mirror_set": { readonly connectionId: string; readonly on: boolean };
  "crm.settings_saved": { readonly connectionId: string };
  /** Entries are written again because somebody asked for it. */
  "crm.repair_asked": {
    readonly connectionId: string | null;
    readonly contactId: string | null;
    readonly count: number;
  };
  /** Somebody asked for a comparison with the CRM. */
  "crm.drift_asked": { readonly connectionId: string };
  "crm.log_written": { readonly contactId: string; readonly logId: string };
  "crm.log_failed": { readonly contactId: string; readonly logId: string; readonly reason: string };
};

export type MessageRef = {
  readonly messageId: string;
  readonly conversationId: string;
  readonly contactId: string;
};

export type EventName = keyof EventPayloads;

/** Keyed by name so that the compiler refuses a name that is missing here; tests enumerate it. */
export const eventNames = Object.keys({
  "workspace.created": 0,
  "member.added": 0,
  "channel.connected": 0,
  "channel.refreshed": 0,
  "channel.changed": 0,
  "templates.synced": 0,
  "template.changed": 0,
  "version.saved": 0,
  "version.discarded": 0,
  "version.submitted": 0,
  "contact.created": 0,
  "contact.merged": 0,
  "contact.erasure_asked": 0,
  "contact.erased": 0,
  "contact.kept": 0,
  "contact.corrected": 0,
  "contact.blocked": 0,
  "consent.changed": 0,
  "review.opened": 0,
  "review.resolved": 0,
  "consent.import_changed": 0,
  "consent.exported": 0,
  "policy.changed": 0,
  "consent.texts_saved": 0,
  "consent.links_revoked": 0,
  "consent.join_made": 0,
  "consent.join_ended": 0,
  "consent.join_answered": 0,
  "message.queued": 0,
  "message.received": 0,
  "message.echoed": 0,
  "message.changed": 0,
  "message.edited": 0,
  "message.seen": 0,
  "file.changed": 0,
  "webhook.unknown_kept": 0,
  "privacy.export_asked": 0,
  "privacy.export_taken": 0,
  "privacy.retention_set": 0,
  "privacy.purged": 0,
  "pricing.changed": 0,
  "crm.connected": 0,
  "crm.disconnected": 0,
  "crm.record_linked": 0,
  "crm.record_unlinked": 0,
  "crm.record_changed": 0,
  "crm.match_corrected": 0,
  "crm.mirror_set": 0,
  "crm.settings_saved": 0,
  "crm.repair_asked": 0,
  "crm.drift_asked": 0,
  "crm.log_written": 0,
  "crm.log_failed": 0,
} satisfies Record<EventName, 0>) as EventName[];
