-- Files that people sent, by Meta's media id, and files that we send, by the client's own id.
create table media_files (
  workspace_id uuid not null,
  id text not null,
  state text not null check (state in ('waiting', 'ready', 'refused', 'gone')),
  -- As told until the bytes are here, by their first bytes from then on.
  mime_type text not null,
  size bigint,
  -- Hex.
  sha256 text,
  file_name text,
  store_key text,
  problem text,
  created_at timestamptz not null default now(),
  primary key (workspace_id, id)
);
select make_tenant_table('media_files');
--> statement-breakpoint
-- The ways of a file: down from WhatsApp, and up to it once for each number that sends it.
create table media_transfers (
  workspace_id uuid not null,
  file_id text not null,
  channel_id uuid not null,
  direction text not null check (direction in ('down', 'up')),
  state text not null default 'waiting' check (state in ('waiting', 'done', 'failed')),
  -- Meta's id of an uploaded file.
  meta_id text,
  -- Counts the claims: what a worker writes down later holds only for its own.
  attempts integer not null default 0,
  -- When it is tried next; while somebody tries, the end of the lease.
  due_at timestamptz not null default now(),
  -- Waiting: given up then. Uploaded: Meta keeps the file until then.
  ends_at timestamptz not null,
  problem text,
  primary key (workspace_id, file_id, channel_id, direction),
  foreign key (workspace_id, file_id) references media_files,
  foreign key (workspace_id, channel_id) references channels
);
create index media_transfers_due on media_transfers (due_at) where state = 'waiting';
select make_tenant_table('media_transfers');
