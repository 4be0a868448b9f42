/** @import { RecordTypeId } from "../../hubspot/record-view.ts" */

/** @typedef {{ page: "record", typeId: RecordTypeId, id: string } | { page: "list", typeId: RecordTypeId }} Address */

/** @type {Record<string, RecordTypeId>} */
const TYPE_OF_NAME = {
  contact: "0-1",
  contacts: "0-1",
  company: "0-2",
  companies: "0-2",
  deal: "0-3",
  deals: "0-3",
  ticket: "0-5",
  tickets: "0-5",
};

const RECORD =
  /^\/contacts\/\d+\/(?:record\/(?<typeId>0-[1235])|(?<name>contact|company|deal|ticket))\/(?<id>\d+)(?:\/|$)/u;
const LIST =
  /^\/contacts\/\d+\/(?:objects\/(?<typeId>0-[1235])\/views|(?<name>contacts|companies|deals|tickets)\/list)\//u;

/**
 * What an address shows, in the current form of addresses or an older one.
 *
 * @param {string} pathname
 * @returns {Address | undefined}
 */
export function readAddress(pathname) {
  const record = RECORD.exec(pathname)?.groups;
  const list = LIST.exec(pathname)?.groups;
  const typeId = readTypeId(record ?? list);
  if (typeId === undefined) return undefined;
  return record?.["id"] === undefined ? { page: "list", typeId } : { page: "record", typeId, id: record["id"] };
}

/** @param {Record<string, string | undefined> | undefined} groups */
function readTypeId(groups) {
  const known = Object.values(TYPE_OF_NAME).find((typeId) => typeId === groups?.["typeId"]);
  return known ?? TYPE_OF_NAME[groups?.["name"] ?? ""];
}

/** The portal in the address of this page. */
export function portalOfAddress() {
  return /^\/contacts\/(\d+)\//u.exec(location.pathname)?.[1] ?? "0";
}

/** @param {{ typeId: RecordTypeId, id: string }} record */
export function recordPath({ typeId, id }) {
  return `/contacts/${portalOfAddress()}/record/${typeId}/${id}`;
}

/** @param {RecordTypeId} typeId */
export function listPath(typeId) {
  return `/contacts/${portalOfAddress()}/objects/${typeId}/views/all/list`;
}
