import { describe, expect, it } from "vitest";
import { procedures } from "../support/call.ts";

/**
 * Procedures whose answer shows nothing of a person that the caller did not just write: settings, templates, numbers of the firm,
 * counts, states, links. A new procedure that is not listed must say what it reads (`meta({ reads })`).
 */
const showNobody: Readonly<Record<string, readonly string[]>> = {
  channels: ["list", "connect", "detail", "register", "changePin", "requestName", "subscribe", "refresh"],
  consent: [
    // Written by the caller, who is told what it led to; the event names them.
    "record",
    "undo",
    "resolveReview",
    "verify",
    "policy",
    "savePolicy",
    "joins",
    "makeJoin",
    "join",
    "endJoin",
    "preferencePage",
    "preferenceLink",
    "revokePreferenceLinks",
    "preferenceTexts",
    "previewPreferences",
    "savePreferenceTexts",
    // Rows of a list that the caller's own firm gave; who took a list away is an event of its own.
    "imports",
    "import",
    "mapImport",
    "startImport",
    "undoImport",
    "discardImport",
    "export",
  ],
  crm: [
    "connections",
    "connectUrl",
    "disconnect",
    "settings",
    "saveSettings",
    "health",
    "repair",
    "checkDrift",
    "setMirror",
    "sync",
    "confirmErasure",
    // Names of records as the CRM's own pages show them, of nobody that is known here by them.
    "erasures",
    "testRules",
  ],
  identity: ["me", "members", "addMember", "setUp"],
  messaging: ["sendMessage", "sendTemplate", "sendMany", "maySend", "resend", "seen", "block", "unblock"],
  presence: ["read", "photo", "saveProfile", "saveStarters", "qrCodes", "createQrCode", "changeQrCode", "deleteQrCode"],
  pricing: ["rates", "replace"],
  privacy: [
    // The copy itself is noted when it is fetched.
    "askExport",
    "exportLink",
    "erase",
    "keep",
    "correct",
    "readsOf",
    "readsBy",
    "retention",
    "setRetention",
    "previewPurge",
    "register",
  ],
  templates: [
    "list",
    "sync",
    "versions",
    "drafts",
    "editable",
    "library",
    "saveDraft",
    "discardDraft",
    "create",
    "edit",
    "delete",
    "takeFromLibrary",
    "archive",
    "unpause",
  ],
  webhooks: ["unknown", "problems"],
  workspaces: ["status"],
};

const silent = Object.entries(showNobody).flatMap(([feature, names]) => names.map((name) => `${feature}.${name}`));

describe("what is read of people", () => {
  it("is noted by every procedure that shows it", () => {
    expect(procedures.length).toBeGreaterThan(90);
    const unmarked = procedures.filter(({ reads }) => reads === undefined).map(({ path }) => path);
    expect(unmarked.toSorted()).toEqual(silent.toSorted());
  });

  it("is noted by those that open a conversation, a proof or a file", () => {
    const marks = new Map(procedures.map(({ path, reads }) => [path, reads]));
    const opening = ["crm.openRecord", "crm.openNumber", "crm.thread", "messaging.history", "messaging.live"];
    expect(opening.map((path) => marks.get(path))).toEqual(opening.map(() => "conversation"));
    expect([marks.get("media.link"), marks.get("consent.history"), marks.get("crm.search")]).toEqual([
      "file",
      "consent",
      "search",
    ]);
  });
});
