-- The rate card that an admin entered: what one delivered message costs by country of the recipient.
create table pricing_rates (
  workspace_id uuid not null references workspaces,
  -- ISO 3166 alpha-2, or * for all others.
  country text not null,
  category text not null check (category in ('SERVICE', 'UTILITY', 'AUTHENTICATION', 'MARKETING')),
  amount double precision not null,
  currency text not null,
  primary key (workspace_id, country, category)
);
select make_tenant_table('pricing_rates');
--> statement-breakpoint
-- Service messages that were delivered: counted per month, up to the number that is free.
create index messaging_messages_service on messaging_messages (workspace_id, delivered_at)
  where category = 'SERVICE' and delivered_at is not null;
