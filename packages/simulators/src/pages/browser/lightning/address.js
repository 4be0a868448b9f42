/** @import { ObjectName } from "../../lightning/lightning-view.ts" */

/**
 * What a path shows. Ids as they stand in it, of 15 or 18 characters.
 *
 * @typedef {{ page: "record", id: string, editing: boolean }
 *   | { page: "related", id: string, related: string }
 *   | { page: "list", object: string }
 *   | { page: "home" }} Address
 */

const RECORD = /^\/lightning\/r\/(?:\w+\/)?(?<id>[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?)\/(?<form>view|edit)\/?$/u;
const RELATED = /^\/lightning\/r\/\w+\/(?<id>[A-Za-z0-9]{15,18})\/related\/(?<related>\w+)\/view\/?$/u;
const LIST = /^\/lightning\/o\/(?<object>\w+)\/(?:list|home)\/?$/u;
const HOME = /^\/lightning\/(?:page|app)\/\w+\/?$/u;
/** What `/one/one.app` has behind its `#`, in bookmarks of before 2019. */
const OLD = /^#\/sObject\/(?<id>[A-Za-z0-9]{15,18})\/(?<form>view|edit)/u;

/**
 * @param {{ pathname: string, hash: string }} location
 * @returns {Address | undefined}
 */
export function readAddress({ pathname, hash }) {
  const record = (pathname === "/one/one.app" ? OLD.exec(hash) : RECORD.exec(pathname))?.groups;
  if (record?.["id"] !== undefined) return { page: "record", id: record["id"], editing: record["form"] === "edit" };
  const related = RELATED.exec(pathname)?.groups;
  if (related?.["id"] !== undefined) return { page: "related", id: related["id"], related: related["related"] ?? "" };
  const object = LIST.exec(pathname)?.groups?.["object"];
  if (object !== undefined) return { page: "list", object };
  return HOME.test(pathname) ? { page: "home" } : undefined;
}

/**
 * One text for all addresses of the same page: an id in its short and its long form, with and without its object, the record
 * and the dialog over it.
 *
 * @param {string} path as in an address, with what stands behind its `#`
 */
export function pageKey(path) {
  const address = readAddress(new URL(path, location.origin));
  if (address?.page === "record") return `record ${address.id.slice(0, 15)}`;
  if (address?.page === "related") return `record ${address.id.slice(0, 15)} ${address.related}`;
  return path;
}

/** The path of the workspace that a console's address names beside its own, such as `/lightning/r/Account/001…/view`. */
export function workspaceOfAddress() {
  return new URLSearchParams(location.search).get("ws");
}

/** @param {{ id: string, object: ObjectName }} record */
export function recordPath({ id, object }) {
  return `/lightning/r/${object}/${id}/view`;
}

/** The form that list views use: an id of 15 characters. @param {{ id: string, object: ObjectName }} record */
export function listedPath({ id, object }) {
  return recordPath({ id: id.slice(0, 15), object });
}

/** The form without the object. @param {{ id: string }} record */
export function shortPath({ id }) {
  return `/lightning/r/${id}/view`;
}

/** @param {{ id: string, object: ObjectName }} record */
export function editPath({ id, object }) {
  return `/lightning/r/${object}/${id}/edit`;
}

/** @param {{ id: string, object: ObjectName }} record @param {string} related */
export function relatedPath({ id, object }, related) {
  return `/lightning/r/${object}/${id}/related/${related}/view`;
}

/** @param {ObjectName} object */
export function listPath(object) {
  return `/lightning/o/${object}/list?filterName=__Recent`;
}
