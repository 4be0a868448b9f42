alter table channels
  -- Unique users outside the window in 24 hours, in Meta's word (TIER_2K); null until told.
  add column messaging_limit text,
  -- Meta's decision about the display name (APPROVED, REJECTED …) and the name that it is about.
  add column name_decision text,
  add column requested_name text,
  -- Meta's time of the newest word: older words, told late, change nothing.
  add column limit_at timestamptz,
  add column name_at timestamptz,
  add column state_at timestamptz;
--> statement-breakpoint
-- What Meta says of an account, for an admin to read: violations, restrictions, reviews, alerts, security. Each once.
create table channels_news (
  workspace_id uuid not null references workspaces,
  waba_id text not null,
  -- Of field, word and time: Meta repeats itself.
  fingerprint text not null,
  field text not null,
  event text,
  payload jsonb not null,
  at timestamptz not null,
  primary key (workspace_id, waba_id, fingerprint)
);
create index channels_news_page on channels_news (workspace_id, at desc);
select make_tenant_table('channels_news');
