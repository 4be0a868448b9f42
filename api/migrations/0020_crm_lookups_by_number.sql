-- What is looked for by everybody who opens a record stands in plain columns: row-level security lets only comparisons use an
-- index that cannot leak, and those of arrays and text search are none of them.
create table crm_numbers (
  workspace_id uuid not null,
  wa_id text not null,
  connection_id uuid not null,
  record_type text not null,
  record_id text not null,
  primary key (workspace_id, wa_id, connection_id, record_type, record_id),
  foreign key (workspace_id, connection_id) references crm_connections
);
select make_tenant_table('crm_numbers');
--> statement-breakpoint
-- Kept by the database itself, as an index is: the numbers of live records.
create function crm_numbers_follow() returns trigger language plpgsql as $$
begin
  if tg_op <> 'INSERT' then
    delete from crm_numbers n where n.workspace_id = old.workspace_id and n.wa_id = any(old.wa_ids)
      and n.connection_id = old.connection_id and n.record_type = old.record_type and n.record_id = old.record_id;
  end if;
  if tg_op <> 'DELETE' then
    insert into crm_numbers (workspace_id, wa_id, connection_id, record_type, record_id)
    select new.workspace_id, w, new.connection_id, new.record_type, new.record_id from unnest(new.wa_ids) w
    where new.state = 'live'
    on conflict do nothing;
  end if;
  return null;
end $$;
--> statement-breakpoint
create trigger crm_numbers_follow after insert or delete on crm_records
  for each row execute function crm_numbers_follow();
create trigger crm_numbers_follow_changes after update on crm_records
  for each row when (old.wa_ids is distinct from new.wa_ids or old.state <> new.state)
  execute function crm_numbers_follow();
drop index crm_records_wa_ids;
--> statement-breakpoint
-- The words of people's names, as text search would cut them.
drop index contacts_words;
create table contacts_words (
  workspace_id uuid not null,
  word text collate "C" not null,
  contact_id uuid not null,
  primary key (workspace_id, word, contact_id),
  foreign key (workspace_id, contact_id) references contacts
);
create index contacts_words_contact on contacts_words (workspace_id, contact_id);
select make_tenant_table('contacts_words');
--> statement-breakpoint
create function contacts_words_follow() returns trigger language plpgsql as $$
begin
  delete from contacts_words w where w.workspace_id = new.workspace_id and w.contact_id = new.id;
  insert into contacts_words (workspace_id, word, contact_id)
  select new.workspace_id, word, new.id
  from unnest(tsvector_to_array(to_tsvector('simple', concat_ws(' ', new.name, new.profile_name)))) word
  where new.merged_into is null;
  return null;
end $$;
--> statement-breakpoint
create trigger contacts_words_follow after insert on contacts
  for each row when (new.name is not null or new.profile_name is not null) execute function contacts_words_follow();
create trigger contacts_words_follow_changes after update on contacts
  for each row when ((old.name, old.profile_name, old.merged_into) is distinct from (new.name, new.profile_name, new.merged_into))
  execute function contacts_words_follow();
--> statement-breakpoint
set local role aparte_system;
--> statement-breakpoint
insert into crm_numbers (workspace_id, wa_id, connection_id, record_type, record_id)
select distinct workspace_id, w, connection_id, record_type, record_id from crm_records, unnest(wa_ids) w where state = 'live';
insert into contacts_words (workspace_id, word, contact_id)
select workspace_id, word, id
from contacts, unnest(tsvector_to_array(to_tsvector('simple', concat_ws(' ', name, profile_name)))) word
where merged_into is null;
--> statement-breakpoint
reset role;
