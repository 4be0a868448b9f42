import type { CrmRecordRef, RecordType } from "@aparte/core/crm-record.ts";
import type { CrmAdapter, CrmApp } from "../adapter.ts";
import { prepare } from "./log-key.ts";
import { findLog, writeLog } from "./logs.ts";
import { account, authorizeUrl, exchangeCode, permissions, refresh, revoke } from "./oauth.ts";
import { objectOf, objects } from "./objects.ts";
import { describeFields, readRecord } from "./records.ts";

/** HubSpot behind the interface of every CRM. `app.baseUrl` is https://api.hubapi.com, or a stand-in's address. */
export function hubspotAdapter(app: CrmApp): CrmAdapter {
  return {
    name: "hubspot",
    permissions,
    recordTypes: Object.keys(objects) as RecordType[],
    authorizeUrl: (authorization) => authorizeUrl(app, authorization),
    exchangeCode: (exchange) => exchangeCode(app, exchange),
    refresh: (refreshToken) => refresh(app, refreshToken),
    revoke: (refreshToken) => revoke(app, refreshToken),
    account: (session) => account(app, session),
    prepare: (session) => prepare(app, session),
    describeFields: (session, type) => describeFields(app, session, type),
    readRecord: (session, ref, fields) => readRecord(app, session, { ref, fields }),
    recordUrl,
    writeLog: (session, entry) => writeLog(app, session, entry),
    findLog: (session, logKey, record) => findLog(app, session, { logKey, record }),
  };
}

function recordUrl(uiDomain: string, ref: CrmRecordRef): string {
  return `https://${uiDomain}/contacts/${ref.account}/record/${objectOf(ref.type).typeId}/${ref.id}`;
}
