-- The time zone that a CRM tells of somebody decides when they may be written to. Who tells it is a person's own record;
-- `contacts` asks this view and need not know of records.
alter table crm_records add column time_zone text;
--> statement-breakpoint
create view contacts_told_zones with (security_invoker = true) as
  select l.workspace_id, l.contact_id, r.time_zone
  from crm_links l join crm_records r using (workspace_id, connection_id, record_type, record_id)
  where l.role = 'person' and not l.excluded and r.state = 'live' and r.time_zone is not null;
--> statement-breakpoint
grant select on contacts_told_zones to aparte_app, aparte_system;
