// @vitest-environment happy-dom
import { crmRecordRef } from "@aparte/core/crm-record.ts";
import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { hubspot } from "./hubspot.ts";
import { recordKey, refOfKey } from "./record-key.ts";
import { previewedAt, recordAt, siteAt } from "./sites.ts";
import { atHook } from "./at-hook.ts";
import { listPage, recordPage } from "./hubspot.fixture.ts";

const ada = { crm: "hubspot", account: "42", type: "contact", id: "101" } as const;

describe("record from the address", () => {
  it.each([
    ["https://app.hubspot.com/contacts/42/record/0-1/101", ada],
    ["https://app.hubspot.com/contacts/42/record/0-1/101/", ada],
    ["https://app.hubspot.com/contacts/42/record/0-1/101/view/1?tab=activity#notes", ada],
    ["https://app-eu1.hubspot.com/contacts/42/record/0-1/101", ada],
    ["https://app.hubspot.com/contacts/42/contact/101", ada],
    ["https://app.hubspot.com/contacts/42/contact/101/?interaction=note", ada],
    ["https://app.hubspot.com/contacts/42/record/0-2/9", { ...ada, type: "company", id: "9" }],
    ["https://app.hubspot.com/contacts/42/company/9", { ...ada, type: "company", id: "9" }],
    ["https://app.hubspot.com/contacts/42/record/0-3/8", { ...ada, type: "deal", id: "8" }],
    ["https://app.hubspot.com/contacts/42/record/0-5/7", { ...ada, type: "ticket", id: "7" }],
    ["https://app.hubspot.com/contacts/42/ticket/7/", { ...ada, type: "ticket", id: "7" }],
    ["https://app.hubspot.com/help-desk/42/ticket/7", { ...ada, type: "ticket", id: "7" }],
    ["https://app-eu1.hubspot.com/help-desk/42/view/123/ticket/7/", { ...ada, type: "ticket", id: "7" }],
    ["https://app.hubspot.com/help-desk/42/views/all/ticket/7?tab=about", { ...ada, type: "ticket", id: "7" }],
    ["https://app.hubspot.com/contacts/42/record/0-1/98765432109876543210", { ...ada, id: "98765432109876543210" }],
  ])("%s", (address, expected) => {
    expect(recordAt(address)).toEqual(expected);
  });

  it.each([
    "https://app.hubspot.com/",
    "https://app.hubspot.com/contacts/42/objects/0-1/views/all/list",
    "https://app.hubspot.com/contacts/42/contacts/list/view/all/",
    "https://app.hubspot.com/contacts/42/record/2-1234/55",
    "https://app.hubspot.com/contacts/42/lead/55",
    "https://app.hubspot.com/contacts/42/record/0-136/55",
    "https://app.hubspot.com/help-desk/42/view/123",
    "https://app.hubspot.com/help-desk/42/view/ticket/",
    "https://app.hubspot.com/help-desk/42/ticket/7x",
    "https://app.hubspot.com/contacts/42/record/0-1/",
    "https://app.hubspot.com/contacts/42/record/0-1/101x",
    "https://app.hubspot.com/contacts/42/record/0-1/-101",
    "https://app.hubspot.com/live-messages/42/inbox/1",
    "https://app.hubspot.com/reports/contacts/42/record/0-1/101",
  ])("no record: %s", (address) => {
    expect(recordAt(address)).toBeNull();
  });

  it.each([
    "http://app.hubspot.com",
    "https://app.hubspot.com:8443",
    "https://app.hubspot.com.example.org",
    "https://app.hubspot.com@example.org",
    "https://example.org/https://app.hubspot.com",
    "https://xapp.hubspot.com",
    "https://app-eu1.hubspot.com.",
    "https://app-evil.hubspot.com",
    "https://app.hubspot.co",
    "https://арр.hubspot.com",
    "https://pages.hubspot.com",
  ])("stranger: %s", (origin) => {
    expect(recordAt(`${origin}/contacts/42/record/0-1/101`)).toBeNull();
    expect(siteAt(`${origin}/`)).toBeNull();
  });

  it("reads nonsense as no record, and only ever yields what the API accepts", () => {
    const part = fc.oneof(
      fc.constantFrom("contacts", "record", "0-1", "0-99", "42", "contact", "..", "%2e%2e", "", "\u0000", "١٢"),
      fc.string({ unit: "binary" }),
      fc.bigInt().map(String),
    );
    const address = fc
      .tuple(fc.constantFrom("https://app.hubspot.com", "https://app-na2.hubspot.com", "x:", ""), fc.array(part))
      .map(([origin, parts]) => [origin, ...parts].join("/"));
    fc.assert(
      fc.property(fc.oneof(address, fc.webUrl(), fc.string({ unit: "binary" })), (text) => {
        const ref = recordAt(text);
        if (ref !== null) expect(crmRecordRef.parse(ref)).toEqual(ref);
      }),
      { numRuns: 2_000 },
    );
  });

  it("keeps every part of the record in its key", () => {
    const id = fc.bigInt({ min: 0n, max: 10n ** 19n }).map(String);
    const kind = fc.constantFrom("contact" as const, "deal" as const);
    const ref = fc.record({ crm: fc.constant("hubspot" as const), account: id, type: kind, id });
    fc.assert(
      fc.property(ref, ref, (a, b) => {
        expect(recordKey(a) === recordKey(b)).toBe(JSON.stringify(a) === JSON.stringify(b));
        expect(refOfKey(recordKey(a))).toEqual(a);
      }),
    );
  });
});

describe("permission patterns", () => {
  it("name hosts one by one, each of which the parser knows", () => {
    expect(hubspot.matchPatterns.length).toBeGreaterThan(5);
    for (const pattern of hubspot.matchPatterns) {
      expect(pattern).toMatch(/^https:\/\/app[a-z0-9-]*\.hubspot\.com\/\*$/);
      expect(hubspot.recordAt(new URL(pattern.replace("*", "contacts/1/contact/2")))).not.toBeNull();
    }
  });
});

it.each([
  "",
  "hubspot",
  "hubspot:42:contact",
  "hubspot:42:contact:101:x",
  "other:42:contact:101",
  "hubspot:42:note:101",
])("no record has the key %j", (key) => {
  expect(refOfKey(key)).toBeNull();
});

describe("name hint", () => {
  const found = () => atHook(document, hubspot.hooks.name);
  beforeEach(() => {
    document.body.innerHTML = recordPage;
  });

  it("is the name that is laid out, not the one of a page left hidden", () => {
    expect(found()).toMatchObject({ text: "Ada Example", hook: '[data-test-id="highlight-record-label"]' });
  });

  it("falls back to the older hook", () => {
    for (const label of document.querySelectorAll('[data-test-id="highlight-record-label"]')) {
      label.removeAttribute("data-test-id");
    }
    expect(found()?.text).toBe("Ada Example");
  });

  it("is absent where the hooks are", () => {
    document.body.innerHTML = "<h1>Ada Example</h1>";
    expect(found()).toBeNull();
  });
});

describe("preview beside a list", () => {
  const list = "https://app.hubspot.com/contacts/42/objects/0-1/views/all/list";

  it("has a link that is found", () => {
    document.body.innerHTML = listPage("/contacts/42/record/0-1/101");
    expect(atHook(document, hubspot.hooks.preview)?.text).toBe("View record");
  });

  it("offers the record that its link leads to", () => {
    expect(previewedAt(list, "/contacts/42/record/0-1/101?source=preview")).toEqual(ada);
  });

  it.each(["/contacts/42/objects/0-1", "https://example.org/contacts/42/record/0-1/101", "javascript:void 0", ""])(
    "offers nothing for %s",
    (href) => {
      expect(previewedAt(list, href)).toBeNull();
    },
  );

  it("never stands against the address of a record", () => {
    const record = "https://app.hubspot.com/contacts/42/record/0-1/7";
    expect(previewedAt(record, "/contacts/42/record/0-1/101")).toBeNull();
  });
});
