import { describe, expect, it } from "vitest";
import { foldSync } from "./sync.ts";

const at = "2026-11-22 09:14:00.123456+00";
const iso = "2026-11-22T09:14:00.123Z";
const written = { state: "written", writtenAt: at, attempts: 0, lastError: null, connected: true } as const;
const waiting = { ...written, state: "waiting" } as const;

describe("foldSync", () => {
  it("knows nothing before the first entry", () => {
    expect(foldSync([])).toEqual({ state: "nothing_yet", lastSyncedAt: null, reason: null });
    expect(foldSync([{ ...waiting, writtenAt: null }])).toEqual({ state: "waiting", lastSyncedAt: null, reason: null });
  });

  it("is synced only when every record has its entry", () => {
    expect(foldSync([written, { ...written, state: "gone" }])).toMatchObject({ state: "synced", lastSyncedAt: iso });
    for (const state of ["waiting", "writing"] as const) {
      expect(foldSync([written, { ...written, state }])).toMatchObject({ state: "waiting", reason: null });
    }
  });

  it("says that the CRM is away once a write was in vain", () => {
    expect(foldSync([{ ...waiting, attempts: 2 }])).toMatchObject({ state: "waiting", reason: "crm.unreachable" });
    expect(foldSync([{ ...waiting, state: "unclear" }])).toMatchObject({ state: "waiting", reason: "crm.unreachable" });
  });

  it("asks for help when a record refused or the connection ended, whatever else goes well", () => {
    const failed = { ...written, state: "failed", lastError: "crm.permission_missing" } as const;
    expect(foldSync([written, failed, waiting])).toMatchObject({ state: "failed", reason: "crm.permission_missing" });
    expect(foldSync([{ ...failed, lastError: "odd" }])).toMatchObject({ reason: "crm.refused_by_crm" });
    expect(foldSync([{ ...waiting, connected: false }])).toMatchObject({ reason: "crm.connection_ended" });
    expect(foldSync([{ ...written, connected: false }])).toMatchObject({ state: "synced" });
  });
});
