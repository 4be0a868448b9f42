-- What the gate before every send counts and holds back.
alter table messaging_messages
  -- Who wants it sent: a person at work, or a machine.
  add column origin text not null default 'person' check (origin in ('person', 'campaign', 'automation', 'bot')),
  -- The number in whose lane it waits; null for what was received.
  add column lane_id uuid,
  -- When the intent to send it was committed; null again when it surely did not leave.
  add column left_at timestamptz,
  -- A message of a machine that may leave later: why it waits, and until when at the latest.
  add column hold_code text,
  add column hold_until timestamptz,
  -- What it took from the budget of its month.
  add column charged double precision not null default 0;
--> statement-breakpoint
-- Row-level security holds for the owner too, so rows are read and written in the role that may see all of them.
set local role aparte_system;
--> statement-breakpoint
update messaging_messages m set lane_id = c.channel_id from messaging_conversations c
where m.state in ('queued', 'claimed', 'sending', 'unknown') and c.workspace_id = m.workspace_id and c.id = m.conversation_id;
--> statement-breakpoint
update messaging_messages set left_at = at
where category = 'MARKETING' and direction = 'out' and state not in ('queued', 'claimed') and at > now() - interval '30 days';
--> statement-breakpoint
reset role;
--> statement-breakpoint
-- What a person was sent lately, however long the history is.
create index messaging_messages_marketing on messaging_messages (workspace_id, conversation_id, left_at desc)
  where category = 'MARKETING' and left_at is not null;
-- What is due in a lane: the most urgent is found without a look at the others; held ones are found by their time.
create index messaging_messages_waiting on messaging_messages (workspace_id, lane_id, priority desc, seq)
  where state = 'queued' and hold_code is null;
create index messaging_messages_held on messaging_messages (workspace_id, lane_id, next_attempt_at)
  where state = 'queued' and hold_code is not null;
create index messaging_conversations_person on messaging_conversations (workspace_id, contact_id);
-- What was spent of a month's budget: one row, so that two sends cannot both take the last of it.
create table messaging_budgets (
  workspace_id uuid not null references workspaces,
  month date not null,
  currency text not null,
  spent double precision not null default 0,
  primary key (workspace_id, month)
);
--> statement-breakpoint
select make_tenant_table('messaging_budgets');
