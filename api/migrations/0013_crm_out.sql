-- What a connection needs beyond its tokens: where the customer's own API answers, how sessions are written down, and how
-- the last comparison with the CRM ended.
alter table crm_connections
  -- The customer's own API host, where there is one (Salesforce instance_url), and where they signed in (a sandbox).
  add column api_url text,
  add column login_url text,
  -- What an admin chose; what is absent has its default in packages/core/src/crm-settings.ts.
  add column settings jsonb not null default '{}',
  -- The CRM's day is nearly used up: what nobody waits for rests until then. `paused_until` counts for people as well.
  add column background_paused_until timestamptz,
  -- The CRM has not answered since then.
  add column unreachable_since timestamptz,
  add column last_written_at timestamptz,
  -- The comparison with the CRM: the last entry that was looked at, and what the last whole round found.
  add column drift_cursor uuid,
  add column drift_due_at timestamptz not null default now(),
  add column drift jsonb,
  -- Null where the CRM does not tell how long a token lives (Salesforce).
  alter column refresh_at drop not null,
  alter column access_expires_at drop not null;
alter table crm_oauth_states add column login_url text;
--> statement-breakpoint
-- What is known of a connection's limits and what was asked of it lately. A row of its own: it changes with every request,
-- and the connection's row is locked while a token is exchanged.
create table crm_pace (
  workspace_id uuid not null,
  connection_id uuid not null,
  pace jsonb not null default '{}',
  primary key (workspace_id, connection_id),
  foreign key (workspace_id, connection_id) references crm_connections
);
select make_tenant_table('crm_pace');
--> statement-breakpoint
-- Row-level security is forced: only this role sees the rows of all workspaces.
set local role aparte_system;
--> statement-breakpoint
insert into crm_pace (workspace_id, connection_id) select workspace_id, id from crm_connections;
--> statement-breakpoint
reset role;
--> statement-breakpoint
-- Who our colleagues are in the CRM; null: nobody there has their email address.
create table crm_owners (
  workspace_id uuid not null,
  connection_id uuid not null,
  user_id text not null,
  owner_id text,
  read_at timestamptz not null default now(),
  primary key (workspace_id, connection_id, user_id),
  foreign key (workspace_id, connection_id) references crm_connections
);
select make_tenant_table('crm_owners');
--> statement-breakpoint
-- One entry for each connection and session (or message, or consent event), whatever the number of records it stands on.
alter table crm_logs
  add column kind text not null default 'session' check (kind in ('session', 'message', 'consent')),
  add column contact_id uuid,
  -- The message or the consent event; null for a session.
  add column subject_id uuid,
  -- The records on whose timelines it is known to stand.
  add column stands_on jsonb not null default '[]',
  -- It is to be overwritten and removed in the CRM: the person asked to be forgotten.
  add column erase boolean not null default false,
  alter column conversation_id drop not null,
  drop constraint crm_logs_state_check,
  -- `gone`: somebody deleted it in the CRM. `removed`: we took it away, since nobody is linked to its records any more.
  add constraint crm_logs_state_check
    check (state in ('waiting', 'writing', 'unclear', 'written', 'gone', 'removed', 'failed')),
  add foreign key (workspace_id, contact_id) references contacts;
alter table crm_logs rename column session_start to started_at;
--> statement-breakpoint
set local role aparte_system;
--> statement-breakpoint
update crm_logs g set contact_id = v.contact_id
from messaging_conversations v where v.workspace_id = g.workspace_id and v.id = g.conversation_id;
update crm_logs g set stands_on = jsonb_build_array(
  jsonb_build_object('crm', c.crm, 'account', c.account, 'type', g.record_type, 'id', g.record_id))
from crm_connections c
where c.workspace_id = g.workspace_id and c.id = g.connection_id and g.external_id is not null;
-- A session had an entry for each of its records. The oldest goes on for all of them; the others stay as they are.
update crm_logs g set state = 'gone', next_attempt_at = null, lease_until = null
where exists (
  select from crm_logs o where o.workspace_id = g.workspace_id and o.connection_id = g.connection_id
    and o.conversation_id = g.conversation_id and o.started_at = g.started_at and o.id < g.id);
--> statement-breakpoint
reset role;
--> statement-breakpoint
alter table crm_logs
  alter column contact_id set not null,
  alter column kind drop default,
  drop column record_type,
  drop column record_id;
drop index crm_logs_due;
-- Each question that is asked often reads only the rows that it is about.
create index crm_logs_due on crm_logs (workspace_id, connection_id, next_attempt_at) where state in ('waiting', 'unclear');
create index crm_logs_writing on crm_logs (workspace_id, connection_id, contact_id) where state = 'writing';
create index crm_logs_failed on crm_logs (workspace_id, connection_id) where state = 'failed';
create index crm_logs_written on crm_logs (workspace_id, connection_id, id) where state = 'written';
create index crm_logs_contact on crm_logs (workspace_id, contact_id, started_at);
