alter table templates
  -- Parts that a send from here cannot fill; the template is listed with them and never offered.
  add column unsupported jsonb not null default '[]',
  -- GREEN, YELLOW, RED, UNKNOWN: Meta's rating.
  add column quality text not null default 'UNKNOWN',
  -- Meta's advice after a rejection or a pause, in its own words.
  add column recommendation text,
  add column next_category text,
  add column next_category_at timestamptz,
  -- Meta's time of the newest word on each, because webhooks come late and twice: older words change nothing.
  add column status_at timestamptz,
  add column category_at timestamptz,
  add column quality_at timestamptz;
--> statement-breakpoint
-- Every text of a template that somebody wrote here. Drafts change; what was handed in stays as it was.
create table templates_versions (
  workspace_id uuid not null,
  id uuid not null,
  waba_id text not null,
  -- Null until the template exists.
  template_id uuid,
  definition jsonb not null,
  state text not null check (state in ('draft', 'sending', 'in_review', 'approved', 'rejected')),
  -- Meta counts changes of approved templates only.
  changed_approved boolean not null default false,
  reason text,
  recommendation text,
  author text not null,
  saved_at timestamptz not null default now(),
  submitted_at timestamptz,
  decided_at timestamptz,
  primary key (workspace_id, id),
  foreign key (workspace_id) references workspaces,
  foreign key (workspace_id, template_id) references templates
);
create index templates_versions_name on templates_versions (workspace_id, waba_id, (definition ->> 'name'));
create index templates_versions_template on templates_versions (workspace_id, template_id);
select make_tenant_table('templates_versions');
