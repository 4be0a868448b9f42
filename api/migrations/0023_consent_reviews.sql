-- Somebody wrote what may be a "stop" and may be not: marketing to the person rests until a person at work has read it.
create table consent_reviews (
  workspace_id uuid not null,
  id uuid not null,
  contact_id uuid not null,
  -- The message that raised it. Its words stay there; here is only the phrase of ours that was found in it.
  message_id uuid not null,
  phrase text not null,
  since timestamptz not null,
  resolved_at timestamptz,
  resolved_by text,
  verdict text check (verdict in ('stop', 'not_a_stop')),
  primary key (workspace_id, id),
  unique (workspace_id, message_id),
  foreign key (workspace_id, contact_id) references contacts,
  check ((resolved_at is null) = (verdict is null))
);
create index consent_reviews_open on consent_reviews (workspace_id, contact_id) where resolved_at is null;
create index consent_reviews_list on consent_reviews (workspace_id, since, id);
--> statement-breakpoint
select make_tenant_table('consent_reviews');
