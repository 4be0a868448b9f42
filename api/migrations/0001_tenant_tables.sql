-- What every tenant table gets: forced row-level security (an unset or emptied workspace shows nothing) and the rights of
-- the two roles. Each later migration calls it for the tables that it makes; the tests compare with the whole catalogue.
create function make_tenant_table(name regclass) returns void language plpgsql as $$
begin
  execute format('alter table %s enable row level security', name);
  execute format('alter table %s force row level security', name);
  execute format(
    'create policy workspace on %s to aparte_app
       using (workspace_id = nullif(current_setting(''app.workspace_id'', true), '''')::uuid)
       with check (workspace_id = nullif(current_setting(''app.workspace_id'', true), '''')::uuid)', name);
  execute format('create policy everything on %s to aparte_system using (true) with check (true)', name);
  execute format('grant select, insert, update, delete on %s to aparte_app, aparte_system', name);
end $$;
--> statement-breakpoint
revoke execute on function make_tenant_table(regclass) from public;
