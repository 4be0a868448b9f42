-- What is known of records without asking the CRM again: those that belong to people here, and what they became.
create table crm_records (
  workspace_id uuid not null,
  connection_id uuid not null,
  record_type text not null,
  record_id text not null,
  name text not null,
  -- The record's own numbers as the CRM told them, each with its canonical form or null.
  phones jsonb not null default '[]',
  -- The canonical forms alone, to be looked for.
  wa_ids text[] not null default '{}',
  bsuids text[] not null default '{}',
  owner_id text,
  people jsonb not null default '[]',
  people_left_out integer not null default 0,
  related jsonb not null default '[]',
  signals jsonb not null default '[]',
  -- `type/id` of its people and related records: when one of them changes, this one is read again.
  around text[] not null default '{}',
  -- `archived`: in the CRM's bin, from which it may come back. `gone`: the CRM shows it to us no more.
  state text not null default 'live' check (state in ('live', 'archived', 'merged', 'gone', 'erased')),
  -- What it was merged or converted into: late news of old ids still find their way.
  into_type text,
  into_id text,
  read_at timestamptz not null default now(),
  primary key (workspace_id, connection_id, record_type, record_id),
  foreign key (workspace_id, connection_id) references crm_connections
);
create index crm_records_wa_ids on crm_records using gin (wa_ids);
create index crm_records_around on crm_records using gin (around);
create index crm_records_into on crm_records (workspace_id, connection_id, into_type, into_id) where into_id is not null;
create index crm_records_signals on crm_records (workspace_id, connection_id) where signals <> '[]';
select make_tenant_table('crm_records');
--> statement-breakpoint
alter table crm_links
  -- `person`: the record holds the number or was chosen for the person. `context`: the person was talked to on its page.
  add column role text not null default 'person' check (role in ('person', 'context')),
  add column reason text not null default 'field' check (reason in ('field', 'whatsapp_id', 'chosen', 'only_match')),
  -- Label of the field that holds the number.
  add column field text,
  -- Name of the colleague who said that the number is, or is not, this record's. Null when nobody said anything.
  add column chosen_by text,
  -- Somebody said that the number is not theirs: the row is kept, so that no field says otherwise again.
  add column excluded boolean not null default false,
  -- When the person was last talked to on this record's page; null: never.
  add column opened_at timestamptz;
--> statement-breakpoint
set local role aparte_system;
--> statement-breakpoint
update crm_links set opened_at = linked_at;
--> statement-breakpoint
reset role;
--> statement-breakpoint
-- Records to read again: one row for each, however many news came. `told` counts them, so that none is lost while the record
-- is just being read; `due_at` is the end of the lease meanwhile.
create table crm_changes (
  workspace_id uuid not null,
  connection_id uuid not null,
  record_type text not null,
  record_id text not null,
  kinds text[] not null,
  into_type text,
  into_id text,
  at timestamptz not null,
  told integer not null default 1,
  attempts integer not null default 0,
  due_at timestamptz not null default now(),
  primary key (workspace_id, connection_id, record_type, record_id),
  foreign key (workspace_id, connection_id) references crm_connections
);
create index crm_changes_due on crm_changes (due_at);
select make_tenant_table('crm_changes');
--> statement-breakpoint
-- How far each connection has been asked for changes; the worker that asks moves `next_at` on as its lease.
create table crm_cursors (
  workspace_id uuid not null,
  connection_id uuid not null,
  cursor text,
  failures integer not null default 0,
  next_at timestamptz not null default now(),
  primary key (workspace_id, connection_id),
  foreign key (workspace_id, connection_id) references crm_connections
);
create index crm_cursors_due on crm_cursors (next_at);
select make_tenant_table('crm_cursors');
--> statement-breakpoint
-- People of whom a CRM is asked whether it knows their number, at most once a day each.
create table crm_lookups (
  workspace_id uuid not null,
  connection_id uuid not null,
  contact_id uuid not null,
  attempts integer not null default 0,
  -- Null when the answer is there.
  due_at timestamptz default now(),
  looked_at timestamptz,
  primary key (workspace_id, connection_id, contact_id),
  foreign key (workspace_id, connection_id) references crm_connections,
  foreign key (workspace_id, contact_id) references contacts
);
create index crm_lookups_due on crm_lookups (due_at) where due_at is not null;
select make_tenant_table('crm_lookups');
--> statement-breakpoint
alter table crm_connections add column mirrors boolean not null default false;
-- People whose consent and last contact are copied to fields of their records.
create table crm_mirrors (
  workspace_id uuid not null,
  connection_id uuid not null,
  contact_id uuid not null,
  told integer not null default 1,
  attempts integer not null default 0,
  -- Null when the fields say what we know.
  due_at timestamptz default now(),
  -- Why the CRM does not take it; null while nothing is wrong.
  problem text,
  written_at timestamptz,
  primary key (workspace_id, connection_id, contact_id),
  foreign key (workspace_id, connection_id) references crm_connections,
  foreign key (workspace_id, contact_id) references contacts
);
create index crm_mirrors_due on crm_mirrors (due_at) where due_at is not null;
select make_tenant_table('crm_mirrors');
--> statement-breakpoint
-- A person who asked to be forgotten: all that remains is a fingerprint of the number, keyed with the server's secret, and the
-- proof of the opt-out. Should the number ever come back, it finds both.
alter table contacts add column fingerprint text;
create unique index contacts_fingerprint on contacts (workspace_id, fingerprint) where fingerprint is not null;
