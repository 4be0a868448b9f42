-- Restriction (GDPR Art. 18): nothing is sent to the person and nothing of them is purged. A hold keeps a person's data for a
-- legal claim: nothing is purged or erased, messages go on. Set and lifted by an administrator, who says why.
alter table contacts
  add column restricted_at timestamptz,
  add column restricted_reason text,
  add column held_at timestamptz,
  add column held_reason text,
  -- When names, words and proofs were taken away; what was written down since is another matter.
  add column forgotten_at timestamptz;
create index contacts_kept on contacts (workspace_id, id) where restricted_at is not null or held_at is not null;
-- What forgotten people were known by, keyed with the server's secret: their number and their WhatsApp ids. One that comes back
-- finds the contact again, with the opt-outs that stand there.
create table contacts_fingerprints (
  workspace_id uuid not null,
  fingerprint text not null,
  contact_id uuid not null,
  -- The portfolio of a WhatsApp id; null for a number.
  portfolio_id text,
  kept_at timestamptz not null default now(),
  primary key (workspace_id, fingerprint),
  foreign key (workspace_id, contact_id) references contacts
);
create index contacts_fingerprints_contact on contacts_fingerprints (workspace_id, contact_id);
select make_tenant_table('contacts_fingerprints');
--> statement-breakpoint
-- Row-level security holds for the owner too, so rows are moved in the role that may see all of them.
set local role aparte_system;
--> statement-breakpoint
insert into contacts_fingerprints (workspace_id, fingerprint, contact_id)
select workspace_id, fingerprint, id from contacts where fingerprint is not null;
--> statement-breakpoint
reset role;
--> statement-breakpoint
alter table contacts drop column fingerprint;
-- The register of what was done for people's rights, by whom and why. Reasons go with the person.
create table privacy_acts (
  workspace_id uuid not null,
  id uuid not null,
  contact_id uuid not null,
  kind text not null check (kind in ('exported', 'export_taken', 'erased', 'restricted', 'lifted', 'held', 'released', 'corrected')),
  actor text not null,
  reason text not null default '',
  -- Keyed digests of what was corrected, before and after: they tell that it changed, not what it was.
  digests jsonb not null default '{}',
  at timestamptz not null,
  primary key (workspace_id, id),
  foreign key (workspace_id, contact_id) references contacts
);
create index privacy_acts_contact on privacy_acts (workspace_id, contact_id, at desc);
select make_tenant_table('privacy_acts');
--> statement-breakpoint
-- Copies of all that is known of a person (Art. 15 and 20), made by a worker and given out once.
create table privacy_exports (
  workspace_id uuid not null,
  id uuid not null,
  contact_id uuid not null,
  actor text not null,
  state text not null default 'waiting' check (state in ('waiting', 'ready', 'taken', 'ended', 'failed')),
  asked_at timestamptz not null,
  ready_at timestamptz,
  -- Until when it can be fetched; then its bytes go.
  ends_at timestamptz,
  -- When a worker looks at it next; while one works, the end of its lease.
  due_at timestamptz,
  attempts integer not null default 0,
  size bigint,
  -- Where its bytes stand in the file store; null when there are none.
  store_key text,
  primary key (workspace_id, id),
  foreign key (workspace_id, contact_id) references contacts
);
create index privacy_exports_due on privacy_exports (due_at) where due_at is not null;
create index privacy_exports_contact on privacy_exports (workspace_id, contact_id);
select make_tenant_table('privacy_exports');
--> statement-breakpoint
-- Who read what of whom, counted by the hour: the question of a breach (Art. 33) is answered from here.
create table privacy_reads (
  workspace_id uuid not null,
  contact_id uuid not null,
  actor text not null,
  what text not null,
  hour timestamptz not null,
  first_at timestamptz not null,
  last_at timestamptz not null,
  count integer not null default 1,
  primary key (workspace_id, contact_id, actor, what, hour),
  foreign key (workspace_id, contact_id) references contacts
);
create index privacy_reads_actor on privacy_reads (workspace_id, actor, hour desc);
select make_tenant_table('privacy_reads');
--> statement-breakpoint
-- How long each kind of data is kept, where an administrator chose something else than the default.
create table privacy_retention (
  workspace_id uuid not null references workspaces,
  kind text not null,
  days integer not null check (days > 0),
  primary key (workspace_id, kind)
);
select make_tenant_table('privacy_retention');
--> statement-breakpoint
-- When each workspace is purged next, at its night; a worker that takes one moves `next_at` on as its lease.
create table privacy_nights (
  workspace_id uuid not null references workspaces,
  next_at timestamptz not null,
  primary key (workspace_id)
);
create index privacy_nights_due on privacy_nights (next_at);
select make_tenant_table('privacy_nights');
--> statement-breakpoint
-- What each purge did.
create table privacy_purges (
  workspace_id uuid not null references workspaces,
  at timestamptz not null,
  kind text not null,
  days integer not null,
  removed integer not null,
  -- Of what is still kept; null when nothing is.
  oldest_kept timestamptz,
  took_ms integer not null,
  primary key (workspace_id, at, kind)
);
select make_tenant_table('privacy_purges');
--> statement-breakpoint
-- History is only added to by those who serve people; what is older than its time goes by this one door, which takes nothing
-- that is younger than a year.
create function purge_events(of_workspace uuid, before timestamptz, most integer) returns integer
language plpgsql security definer set search_path = public as $$
declare removed integer;
begin
  if before > now() - interval '1 year' then raise exception 'events are kept for a year at least'; end if;
  delete from events e using (
    select xid, id from events o where o.workspace_id = of_workspace and o.at < before and not exists (
      select from contacts k where k.workspace_id = of_workspace and k.id::text = o.payload ->> 'contactId'
        and (k.restricted_at is not null or k.held_at is not null))
    limit most) old
  where e.workspace_id = of_workspace and e.xid = old.xid and e.id = old.id;
  get diagnostics removed = row_count;
  return removed;
end $$;
--> statement-breakpoint
revoke execute on function purge_events(uuid, timestamptz, integer) from public;
--> statement-breakpoint
grant execute on function purge_events(uuid, timestamptz, integer) to aparte_system;
--> statement-breakpoint
create index events_age on events (workspace_id, at);
create index messaging_messages_age on messaging_messages (workspace_id, at) where content <> '{"kind": "deleted"}';
create index media_files_age on media_files (workspace_id, created_at) where state = 'ready';
create index webhook_deliveries_age on webhook_deliveries (received_at) where projected_at is not null;
create index consent_proofs_files on consent_proofs (workspace_id, (evidence ->> 'fileId')) where evidence ? 'fileId';
