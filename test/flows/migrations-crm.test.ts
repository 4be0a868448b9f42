import { migrateDatabase } from "@aparte/api/app";
import postgres from "postgres";
import { afterAll, beforeAll, expect, it } from "vitest";
import { migrateUntil, ownedDatabase } from "../support/old-database.ts";
import { ownPostgres, type OwnPostgres } from "../support/own-postgres.ts";

/** The last step before entries stood on several records. */
const lastStep = 12;

let cluster: OwnPostgres;
beforeAll(async () => {
  cluster = await ownPostgres();
});
afterAll(() => cluster?.remove());

const id = (digits: number) => `01980000-0000-7000-8000-${String(digits).padStart(12, "0")}`;

/** A firm with one conversation that stood on two records, in two sessions, as older versions wrote it. */
async function workAsBefore(sql: postgres.Sql): Promise<void> {
  const w = id(1);
  await sql`insert into workspaces (workspace_id, name) values (${w}, 'Acme')`;
  await sql`insert into channels (workspace_id, id, app_id, waba_id, phone_number_id, display_phone_number, verified_name,
    quality_rating, status, access_token) values (${w}, ${id(2)}, '1', '1', '1', '1', 'Acme', 'GREEN', 'CONNECTED', '')`;
  await sql`insert into contacts (workspace_id, id, wa_id) values (${w}, ${id(3)}, '4915123456789')`;
  await sql`insert into messaging_conversations (workspace_id, id, channel_id, contact_id)
    values (${w}, ${id(4)}, ${id(2)}, ${id(3)})`;
  await sql`insert into crm_connections (workspace_id, id, crm, account, account_name, ui_domain, time_zone, access_token,
    refresh_token, refresh_at, access_expires_at, log_key, state)
    values (${w}, ${id(5)}, 'hubspot', '42', 'Acme', 'app.hubspot.com', 'UTC', '', '', now(), now(), 'unique', 'connected')`;
  for (const record of ["501", "502"]) {
    await sql`insert into crm_links (workspace_id, connection_id, record_type, record_id, contact_id)
      values (${w}, ${id(5)}, 'contact', ${record}, ${id(3)})`;
  }
  const logs = [
    { log: 11, record: "501", day: 1, external: "9001" },
    { log: 12, record: "502", day: 1, external: "9002" },
    { log: 13, record: "502", day: 5, external: null },
  ];
  for (const { log, record, day, external } of logs) {
    await sql`insert into crm_logs (workspace_id, id, connection_id, record_type, record_id, conversation_id, log_key,
      session_start, external_id, state, next_attempt_at)
      values (${w}, ${id(log)}, ${id(5)}, 'contact', ${record}, ${id(4)}, ${`k1_${log}`}, ${`2026-11-0${day}T09:00:00Z`},
        ${external}, ${external === null ? "waiting" : "written"}, ${external === null ? new Date() : null})`;
  }
}

it("entries of older versions go on, one for each session, also where the migrating role is no superuser", async () => {
  const url = await ownedDatabase(cluster);
  await migrateUntil(url, lastStep);
  const sql = postgres(url, { max: 1, onnotice: () => {}, connection: { role: "aparte_system" } });
  await workAsBefore(sql);
  await migrateDatabase(url);
  expect(await sql`select log_key, kind, contact_id, state, stands_on from crm_logs order by id`).toEqual([
    {
      log_key: "k1_11",
      kind: "session",
      contact_id: id(3),
      state: "written",
      stands_on: [{ crm: "hubspot", account: "42", type: "contact", id: "501" }],
    },
    // The same session on another record: the one above goes on for both.
    expect.objectContaining({ log_key: "k1_12", state: "gone" }),
    { log_key: "k1_13", kind: "session", contact_id: id(3), state: "waiting", stands_on: [] },
  ]);
  expect(await sql`select connection_id from crm_pace`).toEqual([{ connection_id: id(5) }]);
  expect(await sql`select settings from crm_connections`).toEqual([{ settings: {} }]);
  await sql.end();
});
