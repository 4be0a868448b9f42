import { randomUUID } from "node:crypto";
import type postgres from "postgres";

/** What Postgres knows of the tables that belong to workspaces, so that tests miss none of them. */

export type Column = {
  readonly name: string;
  /** As `format_type` writes it: `uuid`, `timestamp with time zone`. */
  readonly type: string;
  /** Postgres gives the value itself. */
  readonly generated: boolean;
};

type ForeignKey = {
  readonly columns: readonly string[];
  readonly target: string;
  readonly targetColumns: readonly string[];
};

export type Table = {
  readonly name: string;
  readonly columns: readonly Column[];
  readonly foreignKeys: readonly ForeignKey[];
  /** First of the values that a check allows, by column. */
  readonly allowed: Readonly<Record<string, string>>;
};

/** The tables that have a `workspace_id`, each after those that it refers to. */
export async function workspaceTables(sql: postgres.Sql): Promise<readonly Table[]> {
  const names = await sql<{ name: string }[]>`
    select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and a.attname = 'workspace_id'
    order by c.relname`;
  const tables = await Promise.all(names.map(({ name }) => describe(sql, name)));
  const ordered: Table[] = [];
  while (ordered.length < tables.length) {
    const isPlaced = (name: string) => ordered.some((table) => table.name === name);
    const isOurs = (name: string) => tables.some((table) => table.name === name);
    const next = tables.find(
      (table) =>
        !isPlaced(table.name) &&
        table.foreignKeys.every(({ target }) => target === table.name || !isOurs(target) || isPlaced(target)),
    );
    if (!next) throw new Error("Tables refer to each other in a circle.");
    ordered.push(next);
  }
  return ordered;
}

async function describe(sql: postgres.Sql, name: string): Promise<Table> {
  const columns = await sql<Column[]>`
    select attname as name, format_type(atttypid, null) as type, attidentity <> '' or attgenerated <> '' as generated
    from pg_attribute where attrelid = ${name}::regclass and attnum > 0 and not attisdropped order by attnum`;
  const foreignKeys = await sql<ForeignKey[]>`
    select target.relname as target,
      array(select attname::text from unnest(k.conkey) with ordinality as place(number, turn)
        join pg_attribute on attrelid = k.conrelid and attnum = number order by turn) as columns,
      array(select attname::text from unnest(k.confkey) with ordinality as place(number, turn)
        join pg_attribute on attrelid = k.confrelid and attnum = number order by turn) as "targetColumns"
    from pg_constraint k join pg_class target on target.oid = k.confrelid
    where k.conrelid = ${name}::regclass and k.contype = 'f'`;
  const checks = await sql<{ text: string }[]>`
    select pg_get_constraintdef(oid) as text from pg_constraint where conrelid = ${name}::regclass and contype = 'c'`;
  const allowed = checks.flatMap(({ text }) => {
    const match = /\(\((\w+) = ANY \(ARRAY\['([^']+)'/.exec(text);
    return match?.[1] && match[2] ? [[match[1], match[2]] as const] : [];
  });
  return { name, columns, foreignKeys, allowed: Object.fromEntries(allowed) };
}

type Row = Readonly<Record<string, unknown>>;

/**
 * Puts one row into each of these tables for a workspace, as the superuser: every column has a value, references hold,
 * and no two workspaces share a value that must be unique. Answers the rows by table.
 */
export async function fillWorkspace(
  sql: postgres.Sql,
  tables: readonly Table[],
  workspaceId: string,
): Promise<ReadonlyMap<string, Row>> {
  const rows = new Map<string, Row>();
  const userId = `user of ${workspaceId}`;
  await sql`insert into identity_users (id, name, email, email_verified, created_at, updated_at)
    values (${userId}, 'Somebody', ${`${workspaceId}@other.test`}, true, now(), now())`;
  for (const table of tables) {
    const known = new Map([...rows, ["identity_users", { id: userId }]]);
    const wanted = table.columns.filter(({ generated }) => !generated);
    const values = Object.fromEntries(
      wanted.map((column) => [column.name, valueOf(column, { table, known, workspaceId })]),
    );
    // Rows that the database would add to other tables by itself are left out: each table gets one.
    await sql`alter table ${sql(table.name)} disable trigger user`;
    const [row] = await sql`insert into ${sql(table.name)} ${sql(values)} returning *`;
    await sql`alter table ${sql(table.name)} enable trigger user`;
    if (!row) throw new Error(`No row could be put into ${table.name}.`);
    rows.set(table.name, row);
  }
  return rows;
}

type Place = {
  readonly table: Table;
  readonly known: ReadonlyMap<string, Row>;
  readonly workspaceId: string;
};

function valueOf(column: Column, { table, known, workspaceId }: Place): postgres.SerializableParameter {
  if (column.name === "workspace_id") return workspaceId;
  for (const { columns, target, targetColumns } of table.foreignKeys) {
    const place = columns.indexOf(column.name);
    if (place >= 0) return known.get(target)?.[targetColumns[place] ?? ""] as string;
  }
  const allowed = table.allowed[column.name];
  return allowed ?? sampleOf(column.type);
}

function sampleOf(type: string): postgres.SerializableParameter {
  switch (type) {
    case "uuid":
      return randomUUID();
    case "text":
      return `text ${randomUUID()}`;
    case "text[]":
      return [`text ${randomUUID()}`];
    case "jsonb":
      return "{}";
    case "bytea":
      return Buffer.from("sealed");
    case "boolean":
      return true;
    case "xid8":
      return "7";
    case "timestamp with time zone":
    case "date":
      return new Date(0);
    case "smallint":
    case "integer":
    case "bigint":
    case "double precision":
      return 1;
    default:
      throw new Error(`A column of the type ${type} is new here: say what a row of it looks like.`);
  }
}
