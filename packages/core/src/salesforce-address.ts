import type { CrmRecordRef, RecordType } from "./crm-record.ts";
import type { AddressForms, PageAddress } from "./page-address.ts";
import { longId } from "./salesforce-id.ts";

/**
 * `{My Domain}.lightning.force.com`, for a sandbox `{My Domain}--{sandbox}.sandbox.` (before 2022 without `.sandbox`), for
 * other kinds of org `{My Domain}.develop.` and so on. What stands before `.lightning.force.com` names the account. Setup and
 * Visualforce pages have other hosts. The expression is exact at both ends: look-alikes are strangers.
 */
const host =
  /^([a-z0-9]+(?:-[a-z0-9]+)*(?:--[a-z0-9]+(?:\.sandbox)?|\.(?:develop|scratch|trailblaze|demo|free))?)\.lightning\.force\.com$/;

/**
 * `/lightning/r/{object}/{id}/view`, shorter `/lightning/r/{id}/view`; `edit` opens a dialog over the record and
 * `related/{list}/view` a list of it.
 */
const recordPath = /^\/lightning\/r\/(?:(\w{1,80})\/)?([A-Za-z0-9]{15,18})\/(?:view|edit|related\/.*)\/?$/;
/** What `/one/one.app` had behind its `#`, in bookmarks of before 2019. */
const oldRecord = /^#\/sObject\/([A-Za-z0-9]{15,18})\/(?:view|edit)/;
/** The path of an address on the same host, whole or without its host; a stranger's has another host before its path. */
const ownPath = /^(?:https:\/\/([^/?#]*))?(\/(?!\/)[^?#]*)/;

/**
 * Objects by the first three characters of their ids ("Standard Field Types: Key Prefixes"). A person account is an Account
 * as well; custom objects are not records to us.
 */
const objects: Readonly<Record<string, { readonly name: string; readonly type: RecordType }>> = {
  "001": { name: "Account", type: "company" },
  "003": { name: "Contact", type: "contact" },
  "006": { name: "Opportunity", type: "deal" },
  "00Q": { name: "Lead", type: "lead" },
  "500": { name: "Case", type: "ticket" },
};

export const salesforceAddress: AddressForms = { isHost: (address) => accountOf(address) !== null, recordAt };

/**
 * In a console app the path is the tab that has the focus and `ws` the workspace around it: a task's or a list's tab belongs to
 * the workspace's record.
 */
function recordAt(address: PageAddress): CrmRecordRef | null {
  const account = accountOf(address);
  if (account === null) return null;
  const found = recordIn(address) ?? recordIn({ pathname: workspacePath(address), hash: "" });
  return found && { crm: "salesforce", account, ...found };
}

function workspacePath({ searchParams, hostname }: PageAddress): string {
  const [, other, path] = ownPath.exec(searchParams.get("ws") ?? "") ?? [];
  return path !== undefined && (other === undefined || other === hostname) ? path : "";
}

function recordIn({
  pathname,
  hash,
}: Pick<PageAddress, "pathname" | "hash">): Pick<CrmRecordRef, "type" | "id"> | null {
  const old = pathname === "/one/one.app" ? oldRecord.exec(hash)?.[1] : undefined;
  const [, name, current] = recordPath.exec(pathname) ?? [];
  const id = longId(current ?? old ?? "");
  const object = id && objects[id.slice(0, 3)];
  return object && (name === undefined || name === object.name) ? { type: object.type, id } : null;
}

function accountOf({ protocol, port, hostname }: PageAddress): string | null {
  if (protocol !== "https:" || port !== "") return null;
  return host.exec(hostname)?.[1] ?? null;
}
