-- The firm's own texts of the preference page: a version is never changed, so that proofs can name it. Absent: our words.
create table consent_preference_texts (
  workspace_id uuid not null references workspaces,
  language text not null,
  version integer not null,
  texts jsonb not null,
  actor text not null,
  saved_at timestamptz not null default now(),
  primary key (workspace_id, language, version)
);
select make_tenant_table('consent_preference_texts');
--> statement-breakpoint
-- Which links to the preference page still open it: those of this version. Absent: those of version 1.
create table consent_preference_links (
  workspace_id uuid not null,
  contact_id uuid not null,
  version integer not null,
  primary key (workspace_id, contact_id),
  foreign key (workspace_id, contact_id) references contacts
);
select make_tenant_table('consent_preference_links');
--> statement-breakpoint
-- Links and QR codes by which people agree with a message of their own: the words in it and a code. Words are never changed.
create table consent_joins (
  workspace_id uuid not null references workspaces,
  id uuid not null,
  channel_id uuid not null,
  code text not null,
  purposes text[] not null,
  -- Whether the consent is for this number alone, or for all numbers of the workspace.
  this_number_only boolean not null,
  language text not null,
  words text not null,
  -- Of the words, in hex.
  digest text not null,
  -- Where people meet it, as colleagues call it: "trade fair".
  source text not null,
  -- Free text that is sent once to each person who agreed by it; null: nothing is.
  thanks text,
  -- The one person that it is for; null: for everybody.
  contact_id uuid,
  -- User id of the colleague who made it.
  made_by text not null,
  made_at timestamptz not null default now(),
  -- Null: until somebody ends it.
  expires_at timestamptz,
  ended_at timestamptz,
  primary key (workspace_id, id),
  unique (workspace_id, code),
  foreign key (workspace_id, channel_id) references channels,
  foreign key (workspace_id, contact_id) references contacts
);
select make_tenant_table('consent_joins');
--> statement-breakpoint
-- Each message that held a code, and what became of it.
create table consent_join_answers (
  workspace_id uuid not null references workspaces,
  message_id uuid not null,
  -- Null: nobody made this code.
  join_id uuid,
  code text not null,
  contact_id uuid not null,
  outcome text not null check (outcome in
    ('confirmed', 'again', 'stopped', 'unknown', 'expired', 'ended', 'used', 'other_person', 'other_number')),
  at timestamptz not null,
  primary key (workspace_id, message_id, code),
  foreign key (workspace_id, contact_id) references contacts,
  foreign key (workspace_id, join_id) references consent_joins
);
create index consent_join_answers_join on consent_join_answers (workspace_id, join_id);
create index consent_join_answers_time on consent_join_answers (workspace_id, at);
select make_tenant_table('consent_join_answers');
