import type postgres from "postgres";

/** Their rows change by the mere passing of time or by asking, not by what was said. */
const restless = ["webhook_health", "event_cursors", "identity_rate_limits", "templates_syncs", "identity_sessions"];

/** A hash of all rows of every table, by table: equal before and after means that nothing has changed. */
export async function contents(
  sql: postgres.Sql,
  except: readonly string[] = [],
): Promise<Readonly<Record<string, string>>> {
  const tables = await sql<{ name: string }[]>`
    select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace order by relname`;
  const wanted = tables.map(({ name }) => name).filter((name) => !restless.includes(name) && !except.includes(name));
  const found: Record<string, string> = {};
  for (const name of wanted) {
    const [row] = await sql<{ hash: string }[]>`
      select count(*) || ' ' || coalesce(md5(string_agg(t::text, E'\n' order by t::text)), '') as hash from ${sql(name)} t`;
    found[name] = row?.hash ?? "";
  }
  return found;
}
