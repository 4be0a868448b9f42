-- Roles own nothing. `aparte_app` serves requests and sees one workspace at a time; `aparte_system` runs what crosses
-- workspaces by nature: sign-in, webhook intake, projection, lanes, readers of the event log.
-- Roles belong to the whole cluster, so another database may have made them already.
do $$ begin create role aparte_app nologin; exception when duplicate_object or unique_violation then null; end $$;
--> statement-breakpoint
do $$ begin create role aparte_system nologin; exception when duplicate_object or unique_violation then null; end $$;
--> statement-breakpoint
do $$ begin execute format('grant aparte_app, aparte_system to %I', current_user); exception when others then
  -- A superuser needs no grant and two databases may race for it; a role that lacks it fails clearly at connection.
  if sqlstate not in ('XX000', '0LP01') then raise; end if;
end $$;
--> statement-breakpoint
revoke create on schema public from public;
--> statement-breakpoint
grant usage on schema public to aparte_app, aparte_system;
--> statement-breakpoint

-- Sign-in (tables in the shape that better-auth asks for). Global: a person may belong to several workspaces.
create table identity_users (
  id text primary key,
  name text not null,
  email text not null unique,
  email_verified boolean not null default false,
  image text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create table identity_sessions (
  id text primary key,
  expires_at timestamptz not null,
  token text not null unique,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  ip_address text,
  user_agent text,
  user_id text not null references identity_users (id) on delete cascade
);
create index identity_sessions_user on identity_sessions (user_id);
create table identity_accounts (
  id text primary key,
  account_id text not null,
  provider_id text not null,
  user_id text not null references identity_users (id) on delete cascade,
  access_token text,
  refresh_token text,
  id_token text,
  access_token_expires_at timestamptz,
  refresh_token_expires_at timestamptz,
  scope text,
  password text,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index identity_accounts_user on identity_accounts (user_id);
create table identity_verifications (
  id text primary key,
  identifier text not null,
  value text not null,
  expires_at timestamptz not null,
  created_at timestamptz not null default now(),
  updated_at timestamptz not null default now()
);
create index identity_verifications_identifier on identity_verifications (identifier);
create table identity_keys (
  id text primary key,
  public_key text not null,
  private_key text not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz,
  alg text,
  crv text
);
create table identity_device_codes (
  id text primary key,
  device_code text not null unique,
  user_code text not null unique,
  user_id text,
  expires_at timestamptz not null,
  status text not null,
  last_polled_at timestamptz,
  polling_interval integer,
  client_id text,
  scope text
);
create table identity_rate_limits (
  id text primary key,
  key text not null unique,
  count integer not null,
  last_request bigint not null
);
--> statement-breakpoint

-- The webhook intake: bodies as they came, kept before they are understood. Global, because nothing in an unread body
-- may be trusted to name a workspace.
create table webhook_deliveries (
  id bigint generated always as identity primary key,
  source text not null,
  -- The app whose secret signed the body: what it may speak about is checked against this.
  app_id text not null,
  body text not null,
  received_at timestamptz not null default now(),
  projected_at timestamptz,
  attempts integer not null default 0,
  problem text
);
create index webhook_deliveries_waiting on webhook_deliveries (id) where projected_at is null;
-- Seconds in which intake and projection were well: a lost answer is only judged by healthy time.
create table webhook_health (
  only_row boolean primary key default true check (only_row),
  healthy_seconds double precision not null default 0,
  ticked_at timestamptz not null default now()
);
insert into webhook_health default values;
create table event_cursors (
  consumer text primary key,
  xid xid8 not null,
  id bigint not null
);
--> statement-breakpoint

create table workspaces (
  workspace_id uuid primary key,
  name text not null,
  created_at timestamptz not null default now()
);
create table identity_members (
  workspace_id uuid not null references workspaces,
  user_id text not null references identity_users (id),
  role text not null check (role in ('rep', 'manager', 'admin')),
  created_at timestamptz not null default now(),
  primary key (workspace_id, user_id)
);
create index identity_members_user on identity_members (user_id);

create table events (
  workspace_id uuid not null references workspaces,
  xid xid8 not null default pg_current_xact_id(),
  id bigint generated always as identity,
  name text not null,
  -- User id of the person who did it; null for machines.
  actor text,
  payload jsonb not null,
  at timestamptz not null default now(),
  primary key (workspace_id, xid, id)
);
create index events_order on events (xid, id);

create table channels (
  workspace_id uuid not null references workspaces,
  id uuid not null,
  app_id text not null,
  waba_id text not null,
  phone_number_id text not null,
  display_phone_number text not null,
  verified_name text not null,
  quality_rating text not null,
  status text not null,
  access_token bytea not null,
  problem text,
  -- Messages per second that Meta allows on this number (Cloud API throughput: 80 unless upgraded).
  rate double precision not null default 80,
  created_at timestamptz not null default now(),
  refreshed_at timestamptz not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, phone_number_id)
);
create index channels_number on channels (phone_number_id);

create table contacts (
  workspace_id uuid not null references workspaces,
  id uuid not null,
  name text,
  profile_name text,
  -- Digits without plus, as Meta writes them.
  wa_id text,
  bsuid text,
  created_at timestamptz not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, wa_id),
  unique (workspace_id, bsuid),
  check (wa_id is not null or bsuid is not null)
);

create table consent_events (
  workspace_id uuid not null,
  id uuid not null,
  contact_id uuid not null,
  purpose text not null check (purpose in ('marketing', 'utility')),
  action text not null check (action in ('grant', 'withdraw')),
  method text not null,
  occurred_at timestamptz not null,
  recorded_at timestamptz not null default now(),
  wording text not null,
  -- What proves it beside the words: the wamid of the message, the code of Meta's error.
  evidence jsonb not null default '{}',
  -- The same source never counts twice, however often it is told.
  source_key text not null,
  actor text,
  primary key (workspace_id, id),
  unique (workspace_id, source_key),
  foreign key (workspace_id, contact_id) references contacts
);
create index consent_events_contact on consent_events (workspace_id, contact_id);

create table templates (
  workspace_id uuid not null,
  id uuid not null,
  waba_id text not null,
  meta_id text not null,
  name text not null,
  language text not null,
  category text not null,
  status text not null,
  rejected_reason text,
  shape jsonb not null,
  synced_at timestamptz not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, waba_id, meta_id),
  foreign key (workspace_id) references workspaces
);
-- When the templates of an account are read again; a worker that takes one moves `next_at` on as its lease.
create table templates_syncs (
  workspace_id uuid not null references workspaces,
  waba_id text not null,
  next_at timestamptz not null,
  failures integer not null default 0,
  primary key (workspace_id, waba_id)
);
create index templates_syncs_due on templates_syncs (next_at);

create table messaging_conversations (
  workspace_id uuid not null,
  id uuid not null,
  channel_id uuid not null,
  contact_id uuid not null,
  created_at timestamptz not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, channel_id, contact_id),
  foreign key (workspace_id, channel_id) references channels,
  foreign key (workspace_id, contact_id) references contacts
);

create table messaging_messages (
  workspace_id uuid not null,
  id uuid not null,
  conversation_id uuid not null,
  direction text not null check (direction in ('in', 'out')),
  content jsonb not null,
  -- MARKETING, UTILITY, AUTHENTICATION for templates; SERVICE for free text; null for received ones.
  category text,
  state text not null,
  state_rank smallint not null,
  wamid text,
  reply_to uuid,
  author text,
  -- Meta's time for received messages, ours for sent ones. Breaks ties by `seq`.
  at timestamptz not null,
  seq bigint generated always as identity,
  delivered_at timestamptz,
  read_at timestamptz,
  failure_code text,
  failure_details text,
  pricing jsonb,
  -- The lane's own bookkeeping. Every transition is fenced by `attempt`.
  priority smallint not null default 0,
  attempt integer not null default 0,
  next_attempt_at timestamptz,
  lease_until timestamptz,
  unknown_since_healthy double precision,
  -- A utility message is sent again once by machine; a second doubt is left to a person.
  resent boolean not null default false,
  created_at timestamptz not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, wamid),
  foreign key (workspace_id, conversation_id) references messaging_conversations
);
create index messaging_messages_page on messaging_messages (workspace_id, conversation_id, at desc, seq desc);
create index messaging_messages_inbound on messaging_messages (workspace_id, conversation_id, at desc) where direction = 'in';
create index messaging_messages_lane on messaging_messages (workspace_id, conversation_id, seq)
  where state in ('queued', 'claimed', 'sending');
create index messaging_messages_unsettled on messaging_messages (state) where state in ('claimed', 'sending', 'unknown');

-- One token bucket per number.
create table messaging_lanes (
  workspace_id uuid not null,
  channel_id uuid not null,
  tokens double precision not null,
  refilled_at timestamptz not null default now(),
  primary key (workspace_id, channel_id),
  foreign key (workspace_id, channel_id) references channels
);

-- Every status as Meta told it, once each; also those that come before we know the wamid.
create table messaging_statuses (
  workspace_id uuid not null references workspaces,
  wamid text not null,
  state text not null,
  at timestamptz not null,
  error jsonb,
  pricing jsonb,
  primary key (workspace_id, wamid, state)
);

-- What a delivery said that this version does not understand: kept and counted.
create table messaging_unknown_facts (
  workspace_id uuid not null references workspaces,
  id bigint generated always as identity,
  kind text not null,
  payload jsonb not null,
  received_at timestamptz not null default now(),
  primary key (workspace_id, id)
);

create table crm_connections (
  workspace_id uuid not null references workspaces,
  id uuid not null,
  crm text not null,
  account text not null,
  account_name text not null,
  ui_domain text not null,
  time_zone text not null,
  access_token bytea not null,
  refresh_token bytea not null,
  -- At 80 % of its life the access token is exchanged; until its end the old one still serves.
  refresh_at timestamptz not null,
  access_expires_at timestamptz not null,
  -- The CRM's limits are nearly used up: background work leaves it alone until then.
  paused_until timestamptz,
  log_key text not null check (log_key in ('unique', 'read_back')),
  state text not null check (state in ('connected', 'ended')),
  problem text,
  connected_at timestamptz not null default now(),
  primary key (workspace_id, id),
  unique (workspace_id, crm, account)
);
-- What a sign-in at the CRM must come back with.
create table crm_oauth_states (
  workspace_id uuid not null references workspaces,
  state text not null,
  crm text not null,
  code_verifier bytea not null,
  actor text not null,
  expires_at timestamptz not null,
  primary key (workspace_id, state)
);
create index crm_oauth_states_state on crm_oauth_states (state);
-- The fields of a record type that are worth reading, as the CRM described them.
create table crm_fields (
  workspace_id uuid not null,
  connection_id uuid not null,
  record_type text not null,
  fields jsonb not null,
  read_at timestamptz not null default now(),
  primary key (workspace_id, connection_id, record_type),
  foreign key (workspace_id, connection_id) references crm_connections
);
create table crm_links (
  workspace_id uuid not null,
  connection_id uuid not null,
  record_type text not null,
  record_id text not null,
  contact_id uuid not null,
  linked_at timestamptz not null default now(),
  primary key (workspace_id, connection_id, record_type, record_id, contact_id),
  foreign key (workspace_id, connection_id) references crm_connections,
  foreign key (workspace_id, contact_id) references contacts
);
create index crm_links_contact on crm_links (workspace_id, contact_id);
create table crm_logs (
  workspace_id uuid not null,
  id uuid not null,
  connection_id uuid not null,
  record_type text not null,
  record_id text not null,
  conversation_id uuid not null,
  log_key text not null,
  session_start timestamptz not null,
  external_id text,
  state text not null check (state in ('waiting', 'writing', 'unclear', 'written', 'gone', 'failed')),
  -- Some message in it stands there as not delivered or unconfirmed: only then later news of ticks changes the text.
  marked boolean not null default false,
  written_hash text,
  attempts integer not null default 0,
  next_attempt_at timestamptz,
  lease_until timestamptz,
  last_error text,
  written_at timestamptz,
  primary key (workspace_id, id),
  unique (workspace_id, connection_id, log_key),
  foreign key (workspace_id, connection_id) references crm_connections,
  foreign key (workspace_id, conversation_id) references messaging_conversations
);
create index crm_logs_due on crm_logs (next_attempt_at) where state in ('waiting', 'unclear');
create index crm_logs_leases on crm_logs (lease_until) where state = 'writing';
create index crm_logs_conversation on crm_logs (workspace_id, conversation_id);
--> statement-breakpoint

-- Forced row-level security on every table that carries a workspace. An unset or emptied setting shows nothing.
do $$
declare t text;
begin
  for t in
    select c.table_name from information_schema.columns c
    join information_schema.tables i using (table_schema, table_name)
    where c.table_schema = 'public' and c.column_name = 'workspace_id' and i.table_type = 'BASE TABLE'
  loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format(
      'create policy workspace on %I to aparte_app
         using (workspace_id = nullif(current_setting(''app.workspace_id'', true), '''')::uuid)
         with check (workspace_id = nullif(current_setting(''app.workspace_id'', true), '''')::uuid)', t);
    execute format('create policy everything on %I to aparte_system using (true) with check (true)', t);
    execute format('grant select, insert, update, delete on %I to aparte_app, aparte_system', t);
  end loop;
end $$;
--> statement-breakpoint
-- History is only added to: no role that serves anyone can rewrite it.
revoke update, delete on events, consent_events from aparte_app, aparte_system;
--> statement-breakpoint
grant select, insert, update, delete on identity_users, identity_sessions, identity_accounts, identity_verifications,
  identity_keys, identity_device_codes, identity_rate_limits, webhook_deliveries, webhook_health, event_cursors
  to aparte_system;
--> statement-breakpoint
grant usage on all sequences in schema public to aparte_app, aparte_system;
