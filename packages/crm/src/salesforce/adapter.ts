import { recordTypes, type CrmRecordRef } from "@aparte/core/crm-record.ts";
import type { CrmAdapter, CrmApp } from "../adapter.ts";
import { account } from "./account.ts";
import { changesSince } from "./changes.ts";
import { describeFields } from "./fields.ts";
import { findByPhone, findOwner, searchRecords } from "./find.ts";
import { prepare } from "./log-key.ts";
import { writeLog } from "./logs.ts";
import { createMirror, hasMirror, writeMirror } from "./mirror.ts";
import { authorizeUrl, exchangeCode, permissions, refresh, revoke } from "./oauth.ts";
import { objects } from "./objects.ts";
import { readRecord } from "./records.ts";
import { deleteLog, findLog, logBody, readLogs } from "./stored-logs.ts";
import { readWebhook } from "./webhook.ts";
import { locate } from "./whereabouts.ts";

/** Salesforce behind the interface of every CRM. `app.baseUrl` is https://login.salesforce.com, or a stand-in's address. */
export function salesforceAdapter(app: CrmApp): CrmAdapter {
  return {
    name: "salesforce",
    permissions,
    recordTypes,
    authorizeUrl: (authorization) => authorizeUrl(app, authorization),
    exchangeCode: (exchange) => exchangeCode(app, exchange),
    refresh: (grant) => refresh(app, grant),
    revoke: (grant) => revoke(app, grant),
    account: (session) => account(app, session),
    prepare: (session) => prepare(app, session),
    describeFields: (session, type) => describeFields(app, session, type),
    readRecord: (session, ref, fields) => readRecord(app, session, { ref, fields }),
    recordUrl,
    locate: (session, refs) => locate(app, session, refs),
    searchRecords: (session, account, words) => searchRecords(app, session, { account, words }),
    findByPhone: (session, account, e164) => findByPhone(app, session, { account, e164 }),
    findOwner: (session, email) => findOwner(app, session, email),
    writeLog: (session, entry) => writeLog(app, session, entry),
    findLog: (session, entry) => findLog(app, session, entry),
    readLogs: (session, account, externalIds) => readLogs(app, session, { account, externalIds }),
    logBody,
    deleteLog: (session, entry) => deleteLog(app, session, entry),
    hasMirror: (session) => hasMirror(app, session),
    createMirror: (session) => createMirror(app, session),
    writeMirror: (session, ref, values) => writeMirror(app, session, { ref, values }),
    changesSince: (session, from) => changesSince(app, session, from),
    readWebhook: (webhook) => readWebhook(app, webhook),
  };
}

function recordUrl(uiDomain: string, { type, id }: CrmRecordRef): string {
  return `https://${uiDomain}/lightning/r/${objects[type].name}/${id}/view`;
}
