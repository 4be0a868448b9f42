/** @import { RecordTypeId } from "../../hubspot/record-view.ts" */

/**
 * What an address shows. `desk`: within the help desk. `newer`: a build whose list keeps its preview in the address.
 *
 * @typedef {{ page: "record", typeId: RecordTypeId, id: string, desk: boolean }
 *   | { page: "list", typeId: RecordTypeId, desk: boolean, newer: boolean }
 *   | { page: "inbox" }} Address
 */

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
const DESK = /^\/help-desk\/\d+(?:\/.*)?$/u;
const DESK_TICKET = /^\/help-desk\/\d+\/(?:.*\/)?ticket\/(?<id>\d+)(?:\/|$)/u;
const INBOX = /^\/live-messages\/\d+\/inbox(?:\/|$)/u;

/**
 * What an address shows, in the current form of addresses or an older one.
 *
 * @param {string} pathname
 * @returns {Address | undefined}
 */
export function readAddress(pathname) {
  if (INBOX.test(pathname)) return { page: "inbox" };
  const ticket = DESK_TICKET.exec(pathname)?.groups?.["id"];
  if (ticket !== undefined) return { page: "record", typeId: "0-5", id: ticket, desk: true };
  if (DESK.test(pathname)) return { page: "list", typeId: "0-5", desk: true, newer: true };
  const record = RECORD.exec(pathname)?.groups;
  const list = LIST.exec(pathname)?.groups;
  const typeId = readTypeId(record ?? list);
  if (typeId === undefined) return undefined;
  return record?.["id"] === undefined
    ? { page: "list", typeId, desk: false, newer: list?.["typeId"] !== undefined }
    : { page: "record", typeId, id: record["id"], desk: false };
}

/** @param {Record<string, string | undefined> | undefined} groups */
function readTypeId(groups) {
  const known = Object.values(TYPE_OF_NAME).find((typeId) => typeId === groups?.["typeId"]);
  return known ?? TYPE_OF_NAME[groups?.["name"] ?? ""];
}

/** The portal in the address of this page. */
function portalOfAddress() {
  return /^\/(?:contacts|help-desk|live-messages)\/(\d+)(?:\/|$)/u.exec(location.pathname)?.[1] ?? "0";
}

/** @param {{ typeId: RecordTypeId, id: string }} record */
export function recordPath({ typeId, id }) {
  return `/contacts/${portalOfAddress()}/record/${typeId}/${id}`;
}

/** A ticket within the help desk. @param {string} id */
export function deskTicketPath(id) {
  return `${deskPath()}/view/all/ticket/${id}`;
}

export function deskPath() {
  return `/help-desk/${portalOfAddress()}`;
}

export function inboxPath() {
  return `/live-messages/${portalOfAddress()}/inbox`;
}

/** @param {RecordTypeId} typeId */
export function listPath(typeId) {
  return `/contacts/${portalOfAddress()}/objects/${typeId}/views/all/list`;
}
