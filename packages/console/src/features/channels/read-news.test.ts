import { loadConsoleWords } from "@aparte/i18n/console-words.ts";
import { locales } from "@aparte/i18n/i18n.ts";
import { describe, expect, test } from "vitest";
import { knownNews, readNews } from "./read-news.ts";

const news = (field: string, event: string | null, payload: unknown = {}) => ({ field, event, payload });

describe.each(locales)("in %s", async (locale) => {
  const words = await loadConsoleWords(locale);

  test.each(knownNews)("%s has a sentence", (name) => {
    const [field = "", event = ""] = name.split(".");
    const payload = event === "limit" ? { max_daily_conversations_per_business: "TIER_2K" } : {};
    const { text } = readNews(news(field, event, payload), words);
    expect(text).not.toContain(field);
    expect(text).toMatch(/^\p{Lu}.{15,}[.!]$/u);
  });
});

describe("readNews", async () => {
  const words = await loadConsoleWords("en");

  test("names what was restricted and until when", () => {
    const restriction_info = [
      { restriction_type: "RESTRICTED_BIZ_INITIATED_MESSAGING", expiration: 1_795_600_000 },
      { restriction_type: "RESTRICTED_SOMETHING_NEW", expiration: 1_795_500_000 },
    ];
    const { text } = readNews(news("account_update", "ACCOUNT_RESTRICTION", { restriction_info }), words);
    expect(text).toContain("writing to people first");
    expect(text).toContain("RESTRICTED_SOMETHING_NEW");
    expect(text).toContain("November 25, 2026");
  });

  test("tells the steps of a ban apart", () => {
    const told = ["SCHEDULE_FOR_DISABLE", "DISABLE", "REINSTATE"].map(
      (waba_ban_state) =>
        readNews(news("account_update", "DISABLED_UPDATE", { ban_info: { waba_ban_state } }), words).text,
    );
    expect(new Set(told).size).toBe(3);
  });

  test("gives Meta's own sentence", () => {
    const alert_info = { alert_type: "OBA_REJECTED", alert_description: "Not notable enough." };
    expect(readNews(news("account_alerts", "OBA_REJECTED", { alert_info }), words).said).toBe("Not notable enough.");
  });

  test.each([null, "text", 7, { restriction_info: "none", ban_info: [] }])("survives a payload of %j", (payload) => {
    expect(readNews(news("a_field", "AN_EVENT", payload), words).text).toContain("a_field: AN_EVENT");
  });
});
