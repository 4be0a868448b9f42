import { describe, expect, it } from "vitest";
import { foldSync, type LogGroup } from "./sync.ts";

const at = "2026-11-22 09:14:00.123456+00";
const iso = "2026-11-22T09:14:00.123Z";
const written: LogGroup = {
  state: "written",
  writtenAt: at,
  late: false,
  lastError: null,
  connected: true,
  count: 1,
};
const waiting: LogGroup = { ...written, state: "waiting" };

describe("foldSync", () => {
  it("knows nothing before the first entry", () => {
    expect(foldSync([])).toEqual({ state: "nothing_yet", lastSyncedAt: null, reason: null });
    expect(foldSync([{ ...waiting, writtenAt: null }])).toEqual({ state: "waiting", lastSyncedAt: null, reason: null });
  });

  it("is synced only when every entry is there", () => {
    expect(foldSync([written, { ...written, state: "gone" }])).toMatchObject({ state: "synced", lastSyncedAt: iso });
    for (const state of ["waiting", "writing"] as const) {
      expect(foldSync([written, { ...written, state }])).toMatchObject({ state: "waiting", reason: null });
    }
  });

  it("says why once a write was in vain: the CRM is away, or its limit is reached", () => {
    expect(foldSync([{ ...waiting, late: true }])).toMatchObject({ state: "waiting", reason: "crm.unreachable" });
    for (const lastError of ["limit_reached", "rate_limited"]) {
      expect(foldSync([{ ...waiting, late: true, lastError }])).toMatchObject({ reason: "crm.limit_reached" });
    }
  });

  it("asks for help when an entry was refused or the connection ended, whatever else goes well", () => {
    const failed: LogGroup = { ...written, state: "failed", lastError: "crm.permission_missing" };
    expect(foldSync([written, failed, waiting])).toMatchObject({ state: "failed", reason: "crm.permission_missing" });
    expect(foldSync([{ ...failed, lastError: "odd" }])).toMatchObject({ reason: "crm.refused_by_crm" });
    expect(foldSync([{ ...waiting, connected: false }])).toMatchObject({ reason: "crm.connection_ended" });
    expect(foldSync([{ ...written, connected: false }])).toMatchObject({ state: "synced" });
  });
});
