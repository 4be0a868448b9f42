import { isErrorCode, type ErrorCode } from "@aparte/core/errors.ts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { codesOf, errorClasses } from "./error-classes.ts";
import { isTransient, knownMetaCodes, ourErrorCode, provesNotTaken, retryAfterMs } from "./errors.ts";

/** Meta's published codes by the class that its documentation gives them. */
const published = {
  token: [0, 3, 10, 104, 190, 200, 210, 299, 131005],
  account: [368, 130497, 131031, 131042, 131044, 131063, 131064, 134011, 141002],
  number: [33, 131037, 131045, 133005, 133006, 133008, 133009, 133010, 133015, 133016, 136024, 136025],
  tooFast: [4, 80007, 130429, 131048, 131056, 132069],
  metasTrouble: [1, 2, 131000, 131016, 131057, 133000, 133004, 139102, 139103, 2494100],
  recipient: [130403, 130472, 131021, 131026, 131030, 131047, 131049, 131050, 137000],
  template: [
    132000, 132001, 132005, 132007, 132008, 132012, 132015, 132016, 132018, 132021, 134101, 134102, 139200, 2388001,
    2388019, 2388024, 2388039, 2388040, 2388047, 2388072, 2388073, 2388293, 2388299, 2388318, 2388330,
  ],
  request: [100, 2500, 131008, 131009, 131051, 131055, 131059, 131062, 135000],
  media: [131035, 131052, 131053, 131060],
  groups: [
    131020, 131041, 131201, 131202, 131203, 131204, 131207, 131208, 131209, 131210, 131211, 131212, 131213, 131214,
    131215,
  ],
  flows: [132068, 139000, 139001, 139002, 139003, 139004],
  calling: [
    138000, 138001, 138002, 138003, 138004, 138005, 138006, 138007, 138009, 138012, 138013, 138014, 138015, 138017,
    138018, 138019, 138020, 138021, 138022,
  ],
  others: [
    134100, 139100, 139101, 147001, 147002, 147003, 147004, 147005, 200005, 200006, 200007, 1752041, 2388012, 2388091,
    2388093, 2388103, 2593107, 2593108, 2593109,
  ],
};

describe("the table of Meta's errors", () => {
  it("knows every published code, each in one class, under a code of ours", () => {
    const listed = Object.values(published).flat();
    expect(listed.filter((code) => !knownMetaCodes.has(code))).toEqual([]);
    // 97 codes stand for the rest of the range of permissions, 200 to 299.
    expect(knownMetaCodes.size).toBe(listed.length + 97);
    expect(errorClasses.flatMap(codesOf)).toHaveLength(knownMetaCodes.size);
    expect(errorClasses.filter(({ ours }) => !isErrorCode(ours))).toEqual([]);
  });

  it.each<[number, ErrorCode]>([
    [190, "channels.token_invalid"],
    [250, "channels.token_invalid"],
    [131042, "channels.account_problem"],
    [133010, "channels.unusable"],
    [131047, "messaging.window_closed"],
    [131050, "consent.opted_out"],
    [131049, "messaging.held_by_whatsapp"],
    [131026, "messaging.undeliverable"],
    [131053, "media.type_refused"],
    [131056, "messaging.rate_limited"],
    [132001, "templates.not_found"],
    [132000, "templates.mismatch"],
    [132018, "templates.value_invalid"],
    [132015, "templates.paused"],
    [131016, "messaging.connection_failed"],
    [100, "messaging.refused_by_whatsapp"],
    [999_999, "messaging.refused_by_whatsapp"],
  ])("reads %i as %s", (metaCode, ours) => {
    expect(ourErrorCode(metaCode)).toBe(ours);
  });
});

describe("trying again", () => {
  it("lets a number that was flagged as spam rest for hours", () => {
    expect([0, 1, 2, 3].map((attempt) => retryAfterMs(131048, attempt))).toEqual([
      3_600_000,
      4 * 3_600_000,
      16 * 3_600_000,
      null,
    ]);
  });

  it("waits 4^n seconds between messages to one person, as Meta asks", () => {
    expect([0, 1, 2, 3].map((attempt) => retryAfterMs(131056, attempt))).toEqual([1000, 4000, 16_000, 64_000]);
  });

  it.each([130429, 131048, 131056, 4, 80007, 1, 2, 131000, 131016, 131057, 133004])("backs off after %i", (code) => {
    expect(isTransient(code)).toBe(true);
    expect(retryAfterMs(code, 0)).toBeGreaterThanOrEqual(1000);
    expect(retryAfterMs(code, 100)).toBeNull();
  });

  it("never repeats by machine what only a person can change, nor a marketing message that Meta held back", () => {
    for (const code of [100, 190, 131026, 131042, 131047, 131049, 131050, 132001, 132015, 999_999]) {
      expect(isTransient(code)).toBe(false);
      expect(retryAfterMs(code, 0)).toBeNull();
    }
  });

  it("waits longer from try to try, up to a day, and then stops", () => {
    fc.assert(
      fc.property(fc.constantFrom(...knownMetaCodes), fc.nat(12), (code, attempt) => {
        const now = retryAfterMs(code, attempt);
        const next = retryAfterMs(code, attempt + 1);
        expect(now ?? 0).toBeLessThanOrEqual(24 * 3_600_000);
        if (next !== null) expect(next).toBeGreaterThanOrEqual(now ?? Number.POSITIVE_INFINITY);
      }),
    );
  });
});

describe("an error body", () => {
  const error = { subcode: null, title: "", details: null, fbtraceId: null };

  it("proves that the message was not taken, except a server error that says nothing", () => {
    expect(provesNotTaken({ ...error, code: 131000, httpStatus: 500 })).toBe(true);
    expect(provesNotTaken({ ...error, code: 2, httpStatus: 503 })).toBe(true);
    expect(provesNotTaken({ ...error, code: 1, httpStatus: 400 })).toBe(true);
    expect(provesNotTaken({ ...error, code: 999_999, httpStatus: 400 })).toBe(true);
    expect(provesNotTaken({ ...error, code: 1, httpStatus: 500 })).toBe(false);
    expect(provesNotTaken({ ...error, code: 999_999, httpStatus: 503 })).toBe(false);
  });
});
