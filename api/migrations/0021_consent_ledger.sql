-- Consent as evidence: a ledger that is only added to. What happened stands in the entries, without a word of the person;
-- words and proofs stand beside them, so that a person can be forgotten while the chain still holds.
create table consent_entries (
  workspace_id uuid not null,
  id uuid not null,
  contact_id uuid not null,
  -- Entries of one act ("stop" ends several purposes) carry the same.
  act_id uuid not null,
  purpose text not null check (purpose in ('marketing', 'utility', 'authentication', 'service')),
  -- Null: all numbers of the workspace.
  channel_id uuid,
  action text not null check (action in ('given', 'confirmed', 'imported', 'withdrawn', 'expired', 'resumed', 'annulled')),
  method text not null,
  occurred_at timestamptz not null,
  recorded_at timestamptz not null default now(),
  expires_at timestamptz,
  language text,
  actor text,
  annuls uuid,
  -- The same source never counts twice, however often it is told.
  source_key text not null,
  -- Salted digest of the proof: tells that it is the one that was written down, and nothing about it once it is gone.
  commitment bytea not null,
  -- Where the entry stands in time, for the one that seals (the cursor rule of the log).
  xid xid8 not null default pg_current_xact_id(),
  n bigint generated always as identity,
  primary key (workspace_id, id),
  unique (workspace_id, source_key),
  foreign key (workspace_id, contact_id) references contacts,
  foreign key (workspace_id, channel_id) references channels
);
create index consent_entries_contact on consent_entries (workspace_id, contact_id);
create index consent_entries_act on consent_entries (workspace_id, act_id);
create index consent_entries_order on consent_entries (xid, n);

create table consent_proofs (
  workspace_id uuid not null,
  entry_id uuid not null,
  salt bytea not null,
  -- The words that the person was shown, or wrote.
  wording text not null,
  -- What proves it beside the words: the wamid of a message, the row of an import, a file.
  evidence jsonb not null,
  primary key (workspace_id, entry_id),
  foreign key (workspace_id, entry_id) references consent_entries
);

-- The chain: each link is keyed with a key that is not in the database, and covers its entry and the link before it.
create table consent_seals (
  workspace_id uuid not null,
  seq bigint not null,
  entry_id uuid not null,
  previous bytea not null,
  hash bytea not null,
  primary key (workspace_id, seq),
  unique (workspace_id, entry_id)
);

create table consent_heads (
  workspace_id uuid primary key references workspaces,
  seq bigint not null,
  hash bytea not null,
  -- When its place was last written down outside of the database.
  anchored_at timestamptz
);

-- What a firm decided about consent, quiet hours and caps; absent: the defaults.
create table consent_policies (
  workspace_id uuid primary key references workspaces,
  settings jsonb not null,
  updated_at timestamptz not null default now(),
  updated_by text not null
);
--> statement-breakpoint
create function consent_commitment(salt bytea, wording text, evidence jsonb) returns bytea language sql immutable parallel safe
  return sha256(salt || convert_to(jsonb_build_array(wording, evidence)::text, 'UTF8'));
--> statement-breakpoint
alter table consent_events no force row level security;
--> statement-breakpoint
-- What was known before. A word from the person counted for two purposes, and counts for codes as well from now on.
with before as (
  select e.*, uuid_send(gen_random_uuid()) as salt, least(
    first_value(e.id) over (partition by e.workspace_id, e.contact_id, e.action, e.method, e.occurred_at, e.wording, e.actor order by e.id), e.id) as act_id
  from consent_events e),
spread as (
  select b.*, b.purpose as wanted, b.id as new_id, b.source_key as new_key from before b
  union all
  select b.*, 'authentication', gen_random_uuid(), b.source_key || ' authentication' from before b
  where b.purpose = 'utility' and b.action = 'withdraw'),
entries as (
  insert into consent_entries (workspace_id, id, contact_id, act_id, purpose, action, method, occurred_at, recorded_at, actor,
    source_key, commitment)
  select workspace_id, new_id, contact_id, act_id, wanted, case action when 'grant' then 'given' else 'withdrawn' end, method,
    occurred_at, recorded_at, actor, new_key, consent_commitment(salt, wording, evidence)
  from spread)
insert into consent_proofs (workspace_id, entry_id, salt, wording, evidence)
select workspace_id, new_id, salt, wording, evidence from spread;
--> statement-breakpoint
drop table consent_events;
--> statement-breakpoint
select make_tenant_table('consent_entries');
--> statement-breakpoint
select make_tenant_table('consent_proofs');
--> statement-breakpoint
select make_tenant_table('consent_seals');
--> statement-breakpoint
select make_tenant_table('consent_heads');
--> statement-breakpoint
select make_tenant_table('consent_policies');
--> statement-breakpoint
-- History is only added to: no role that serves anyone can rewrite it. Proofs go when a person is forgotten.
revoke update, delete on consent_entries, consent_seals from aparte_app, aparte_system;
revoke update on consent_proofs from aparte_app, aparte_system;
revoke delete on consent_proofs from aparte_app;
