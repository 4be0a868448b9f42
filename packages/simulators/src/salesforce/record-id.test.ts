import { describe, expect, it } from "vitest";
import { readRecordId, RecordIds, to18 } from "./record-id.ts";

describe("record ids", () => {
  it("are lengthened by three characters that say which letters are capitals", () => {
    expect(to18("001D000000IRFma")).toBe("001D000000IRFmaIAH");
    expect(to18("a00D0000008pQSN")).toBe("a00D0000008pQSNIA2");
  });

  it("mean the same with 15 and with 18 characters, and in 18 whatever their case", () => {
    expect(readRecordId("001D000000IRFma")).toBe("001D000000IRFmaIAH");
    expect(readRecordId("001D000000IRFmaIAH")).toBe("001D000000IRFmaIAH");
    expect(readRecordId("001d000000irfmaiah")).toBe("001D000000IRFmaIAH");
  });

  it("are another record's in another case with 15 characters", () => {
    expect(readRecordId("001D000000IRFmA")).not.toBe(readRecordId("001D000000IRFma"));
  });

  it.each(["", "001D000000IRFm", "001D000000IRFma1", "001D000000IRFm-", "001D000000IRFmaZZZ"])(
    "are not: %o",
    (given) => {
      expect(readRecordId(given)).toBeUndefined();
    },
  );

  it("are given once each, with the prefix of their object and in their order", () => {
    const ids = new RecordIds();
    const given = Array.from({ length: 500 }, () => ids.next("00T"));
    expect(new Set(given).size).toBe(500);
    expect(given.every((id) => id.startsWith("00T") && readRecordId(id) === id)).toBe(true);
  });
});
