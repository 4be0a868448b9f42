-- A person has one BSUID per business portfolio, and a new one after a change of number. The old ones stay: what was
-- written under them and comes late still belongs to the same person.
create table contacts_bsuids (
  workspace_id uuid not null,
  bsuid text not null,
  contact_id uuid not null,
  -- The portfolio whose webhook named it: sends of other portfolios cannot use it.
  portfolio_id text not null,
  seen_at timestamptz not null,
  primary key (workspace_id, bsuid),
  foreign key (workspace_id, contact_id) references contacts
);
create index contacts_bsuids_contact on contacts_bsuids (workspace_id, contact_id);
select make_tenant_table('contacts_bsuids');
--> statement-breakpoint
-- Null until Meta was asked: then the account stands for its portfolio.
alter table channels add column portfolio_id text;
alter table contacts
  -- Meta's time of the newest word on the number, given or taken: older words change nothing.
  add column wa_id_at timestamptz,
  -- Two contacts that turned out to be one person: the other one goes on.
  add column merged_into uuid;
create index contacts_merged on contacts (workspace_id, merged_into) where merged_into is not null;
--> statement-breakpoint
-- Row-level security holds for the owner too, so rows are moved in the role that may see all of them.
set local role aparte_system;
--> statement-breakpoint
insert into contacts_bsuids (workspace_id, bsuid, contact_id, portfolio_id, seen_at)
select c.workspace_id, c.bsuid, c.id, coalesce(
    (select n.waba_id from messaging_conversations v
     join channels n on n.workspace_id = v.workspace_id and n.id = v.channel_id
     where v.workspace_id = c.workspace_id and v.contact_id = c.id limit 1), ''), c.created_at
from contacts c where c.bsuid is not null;
--> statement-breakpoint
reset role;
--> statement-breakpoint
alter table contacts drop column bsuid;
--> statement-breakpoint

alter table messaging_messages
  -- The message that a reaction, an edit or a deletion is about. By its wamid, since it may come later.
  add column about_wamid text,
  -- Forwarded, referral, product: what came along with a received message.
  add column context jsonb,
  -- The files that it shows or sends.
  add column files text[] not null default '{}',
  -- Only what the person says live, and to us, opens the window.
  add column opens_window boolean not null default false;
create index messaging_messages_about on messaging_messages (workspace_id, about_wamid) where about_wamid is not null;
create index messaging_messages_files on messaging_messages using gin (files) where files <> '{}';
drop index messaging_messages_inbound;
create index messaging_messages_window on messaging_messages (workspace_id, conversation_id, at desc) where opens_window;
create index messaging_messages_referrals on messaging_messages (workspace_id, conversation_id, at desc)
  where context -> 'referral' <> 'null';
--> statement-breakpoint
set local role aparte_system;
--> statement-breakpoint
update messaging_messages set opens_window = true where direction = 'in';
--> statement-breakpoint
reset role;
--> statement-breakpoint
-- Meta repeats itself: the same news is kept once. Null in rows from before.
alter table messaging_unknown_facts add column fingerprint text;
create unique index messaging_unknown_facts_once on messaging_unknown_facts (workspace_id, fingerprint);
