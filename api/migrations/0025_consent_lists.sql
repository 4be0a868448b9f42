-- Where each person stands, so that lists and exports need not fold the ledger: written in the transactions that append to it.
create table consent_states (
  workspace_id uuid not null,
  contact_id uuid not null,
  purpose text not null,
  -- Null: all numbers of the workspace. A number stands here only where it has entries of its own.
  channel_id uuid,
  -- A consent whose time is over stays `opted_in` here: readers compare `expires_at` with their own clock.
  state text not null check (state in ('opted_in', 'expired', 'opted_out')),
  since timestamptz not null,
  method text not null,
  -- The entry that decided.
  entry_id uuid not null,
  expires_at timestamptz,
  -- Switched off in WhatsApp itself, and switched on only there.
  at_whatsapp boolean not null,
  unique nulls not distinct (workspace_id, contact_id, purpose, channel_id),
  foreign key (workspace_id, contact_id) references contacts,
  foreign key (workspace_id, entry_id) references consent_entries
);
create index consent_states_opted_out on consent_states (workspace_id, since, contact_id, channel_id nulls first)
  where state = 'opted_out';
create index consent_states_entry on consent_states (workspace_id, entry_id);
--> statement-breakpoint
alter table consent_entries no force row level security;
--> statement-breakpoint
alter table contacts no force row level security;
--> statement-breakpoint
-- What the ledger held before: given and withdrawn alone, for the whole workspace. The order is that of `foldConsent`.
insert into consent_states
select distinct on (workspace_id, person, purpose) workspace_id, person, purpose, null,
  case action when 'withdrawn' then 'opted_out' else 'opted_in' end, occurred_at, method, id, null, at_whatsapp
from (
  select *, row_number() over (partition by workspace_id, person, purpose, at_whatsapp
    order by second desc, (action = 'withdrawn') desc, id desc) as place
  from (
    select e.*, coalesce(c.merged_into, c.id) as person, e.method like 'whatsapp\_%' as at_whatsapp,
      date_trunc('second', e.occurred_at) as second
    from consent_entries e join contacts c on c.workspace_id = e.workspace_id and c.id = e.contact_id
    where e.channel_id is null and e.action in ('given', 'withdrawn')) known) ordered
where place = 1 and (not at_whatsapp or action = 'withdrawn')
order by workspace_id, person, purpose, at_whatsapp desc;
--> statement-breakpoint
alter table consent_entries force row level security;
--> statement-breakpoint
alter table contacts force row level security;
--> statement-breakpoint
-- A file of consents or opt-outs on its way into the ledger. One worker at a time takes it on, batch by batch.
create table consent_imports (
  workspace_id uuid not null references workspaces,
  id uuid not null,
  kind text not null check (kind in ('consents', 'opt_outs')),
  state text not null check (state in
    ('checking', 'checked', 'running', 'done', 'undoing', 'undone', 'discarded', 'unreadable')),
  file_name text not null,
  size bigint not null,
  -- Hex.
  sha256 text not null,
  -- Null once the bytes are gone: nothing needs them after the last row was read.
  store_key text,
  uploaded_by text not null,
  uploaded_at timestamptz not null default now(),
  -- How the bytes are read: encoding, delimiter, the cells of the first line, and what each column means.
  reading jsonb not null,
  total integer,
  -- Rows that are done with in the present step; a worker that takes over goes on behind them.
  position integer not null default 0,
  counts jsonb not null default '{}',
  problems jsonb not null default '{}',
  sample jsonb not null default '[]',
  declaration text,
  declared_by text,
  started_at timestamptz,
  finished_at timestamptz,
  undo_until timestamptz,
  undone_by text,
  -- Counts the claims: what a worker writes down later holds only for its own.
  attempts integer not null default 0,
  due_at timestamptz not null default now(),
  primary key (workspace_id, id)
);
create index consent_imports_due on consent_imports (due_at) where state in ('checking', 'running', 'undoing');
create index consent_imports_files on consent_imports (uploaded_at) where store_key is not null;
--> statement-breakpoint
-- Rows that gave nothing, as they came, with the reasons. What was known already is counted only.
create table consent_import_rows (
  workspace_id uuid not null,
  import_id uuid not null,
  line integer not null,
  outcome text not null check (outcome in ('quarantined', 'refused', 'kept_opted_out')),
  reasons text[] not null,
  cells jsonb not null,
  contact_id uuid,
  primary key (workspace_id, import_id, line),
  foreign key (workspace_id, import_id) references consent_imports,
  foreign key (workspace_id, contact_id) references contacts
);
create index consent_import_rows_contact on consent_import_rows (workspace_id, contact_id) where contact_id is not null;
--> statement-breakpoint
-- Evidence that counts already, by a keyed fingerprint of it: the same evidence adds nothing, whatever file it comes in.
create table consent_import_evidence (
  workspace_id uuid not null,
  print text not null,
  import_id uuid not null,
  entry_id uuid not null,
  primary key (workspace_id, print),
  foreign key (workspace_id, import_id) references consent_imports,
  foreign key (workspace_id, entry_id) references consent_entries
);
create index consent_import_evidence_import on consent_import_evidence (workspace_id, import_id);
--> statement-breakpoint
select make_tenant_table('consent_states');
--> statement-breakpoint
select make_tenant_table('consent_imports');
--> statement-breakpoint
select make_tenant_table('consent_import_rows');
--> statement-breakpoint
select make_tenant_table('consent_import_evidence');
