-- A link may outlive the record that held the number, when that one was merged into another.
alter table crm_links drop constraint crm_links_reason_check,
  add constraint crm_links_reason_check check (reason in ('field', 'whatsapp_id', 'chosen', 'only_match', 'merged'));
--> statement-breakpoint
-- People are found by the beginnings of the words of their names.
create index contacts_words on contacts
  using gin (to_tsvector('simple', coalesce(name, '') || ' ' || coalesce(profile_name, '')))
  where merged_into is null;
