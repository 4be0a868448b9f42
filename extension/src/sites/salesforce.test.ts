// @vitest-environment happy-dom
import { crmRecordRef } from "@aparte/core/crm-record.ts";
import { longId } from "@aparte/core/salesforce-id.ts";
import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { attachDeclaredRoots, recordPage } from "./salesforce.fixture.ts";
import { salesforce } from "./salesforce.ts";
import { recordAt, siteAt } from "./sites.ts";
import { atHook } from "./at-hook.ts";

const acme = "https://acme.lightning.force.com";
const ada = { crm: "salesforce", account: "acme", type: "contact", id: "003D000000QYVcaIAH" } as const;
const company = { ...ada, type: "company", id: "001D000000IRFmaIAH" } as const;
const inWorkspace = `ws=${encodeURIComponent("/lightning/r/Account/001D000000IRFmaIAH/view")}`;

describe("record from the address", () => {
  it.each([
    ["/lightning/r/Contact/003D000000QYVcaIAH/view", ada],
    ["/lightning/r/Contact/003D000000QYVca/view", ada],
    ["/lightning/r/003D000000QYVcaIAH/view", ada],
    ["/lightning/r/003d000000qyvcaiah/view", ada],
    ["/lightning/r/Contact/003D000000QYVcaIAH/view/", ada],
    ["/lightning/r/Contact/003D000000QYVcaIAH/edit?count=1", ada],
    ["/lightning/r/Contact/003D000000QYVcaIAH/related/Cases/view#top", ada],
    ["/one/one.app#/sObject/003D000000QYVcaIAH/view", ada],
    ["/one/one.app?source=mail#/sObject/003D000000QYVca/view?t=1", ada],
    ["/lightning/r/Account/001D000000IRFma/view", company],
    ["/lightning/r/Opportunity/006D000000CnVzm/view", { ...ada, type: "deal", id: "006D000000CnVzmIAF" }],
    ["/lightning/r/Lead/00QD000000AnKKb/view", { ...ada, type: "lead", id: "00QD000000AnKKbMAN" }],
    ["/lightning/r/Case/500D000000BkKjS/view", { ...ada, type: "ticket", id: "500D000000BkKjSIAV" }],
    [`/lightning/r/Contact/003D000000QYVcaIAH/view?${inWorkspace}`, ada],
    [`/lightning/r/Task/00TD000000XyZab/view?${inWorkspace}`, company],
    [`/lightning/r/Invoice__c/a00D0000008pQSNIA2/view?${inWorkspace}`, company],
    [`/lightning/o/Contact/list?${inWorkspace}&filterName=Recent`, company],
    [
      `/lightning/page/home?ws=${encodeURIComponent(`${acme}/lightning/r/Account/001D000000IRFmaIAH/view?x=1`)}`,
      company,
    ],
  ])("%s", (path, expected) => {
    expect(recordAt(acme + path)).toEqual(expected);
  });

  it.each([
    "/",
    "/lightning/page/home",
    "/lightning/o/Contact/list?filterName=Recent",
    "/lightning/o/Contact/new",
    "/lightning/r/Contact/003D000000QYVcaIAH/",
    "/lightning/r/Contact/003D000000QYVc/view",
    "/lightning/r/Contact/003D000000QYVcaI/view",
    "/lightning/r/Contact/003D000000QYVcaIA9/view",
    "/lightning/r/Contact/001D000000IRFmaIAH/view",
    "/lightning/r/Task/00TD000000XyZab/view",
    "/lightning/r/Invoice__c/a00D0000008pQSNIA2/view",
    "/lightning/setup/ObjectManager/Contact/view",
    "/003D000000QYVca",
    "/one/one.app#/setup/003D000000QYVcaIAH/view",
    "/other/one.app#/sObject/003D000000QYVcaIAH/view",
    "/lightning/page/home#/sObject/003D000000QYVcaIAH/view",
    `/lightning/page/home?ws=${encodeURIComponent("//evil.example/lightning/r/Account/001D000000IRFmaIAH/view")}`,
    `/lightning/page/home?ws=${encodeURIComponent("https://beta.lightning.force.com/lightning/r/001D000000IRFmaIAH/view")}`,
  ])("no record: %s", (path) => {
    expect(recordAt(acme + path)).toBeNull();
  });
});

describe("account from the host", () => {
  it.each([
    ["acme", "acme"],
    ["ACME", "acme"],
    ["acme--uat.sandbox", "acme--uat.sandbox"],
    ["acme--uat", "acme--uat"],
    ["acme-eu-2", "acme-eu-2"],
    ["acme-dev-ed.develop", "acme-dev-ed.develop"],
    ["dream-app-1234.scratch", "dream-app-1234.scratch"],
    ["acme.trailblaze", "acme.trailblaze"],
    ["acme.demo", "acme.demo"],
    ["acme.free", "acme.free"],
  ])("%s", (name, account) => {
    const address = `https://${name}.lightning.force.com/lightning/r/Contact/003D000000QYVcaIAH/view`;
    expect(recordAt(address)).toEqual({ ...ada, account });
  });

  it.each([
    "http://acme.lightning.force.com",
    "https://acme.lightning.force.com:8443",
    "https://acme.lightning.force.com.example.org",
    "https://acme.lightning.force.com@example.org",
    "https://acme.lightning.force.com.",
    "https://lightning.force.com",
    "https://acmelightning.force.com",
    "https://acme.my.salesforce.com",
    "https://acme.my.salesforce-setup.com",
    "https://acme--c.vf.force.com",
    "https://acme--uat--c.sandbox.lightning.force.com",
    "https://a.b.lightning.force.com",
    "https://acme.evil.sandbox.lightning.force.com",
    "https://acme.sandbox.lightning.force.com",
    "https://-acme.lightning.force.com",
    "https://acme-.lightning.force.com",
    "https://acme_uat.lightning.force.com",
    "https://аcme.lightning.force.com",
    "https://example.org/https://acme.lightning.force.com",
  ])("stranger: %s", (origin) => {
    expect(recordAt(`${origin}/lightning/r/Contact/003D000000QYVcaIAH/view`)).toBeNull();
    expect(siteAt(`${origin}/`)).toBeNull();
  });

  it("is asked for by a pattern that covers it", () => {
    expect(salesforce.matchPatterns).toEqual(["https://*.lightning.force.com/*"]);
  });
});

describe("any address", () => {
  const prefix = fc.constantFrom("001", "003", "006", "00Q", "500", "00T", "a00");
  const rest = fc.stringMatching(/^[A-Za-z0-9]{12}$/);
  const name = fc.constantFrom("Account", "Contact", "Opportunity", "Lead", "Case", "Task", "contact", "..", "r");
  const form = fc.constantFrom("view", "edit", "related/Cases/view", "viewer", "", "%2e%2e");
  const host = fc.constantFrom(
    "acme.lightning.force.com",
    "acme--uat.sandbox.lightning.force.com",
    "x.example.org",
    "",
  );

  it("is read as a record only where the object and the id agree, whatever the length of the id", () => {
    fc.assert(
      fc.property(prefix, rest, name, (start, end, object) => {
        const read = (id: string) => recordAt(`${acme}/lightning/r/${object}/${id}/view`);
        const [short, long] = [start + end, longId(start + end) ?? ""];
        expect(read(long)).toEqual(read(short));
        const byId = recordAt(`${acme}/lightning/r/${short}/view`);
        const named = { Account: "company", Contact: "contact", Opportunity: "deal", Lead: "lead", Case: "ticket" };
        const type = Object.entries(named).find(([known]) => known === object)?.[1];
        expect(read(short)).toEqual(byId && byId.type === type ? byId : null);
      }),
    );
  });

  it("that is nonsense is no record, and what is one is what the API accepts", () => {
    const path = fc.tuple(
      fc.constantFrom("lightning/r", "lightning/o", "one/one.app#/sObject"),
      name,
      prefix,
      rest,
      form,
    );
    const built = fc
      .tuple(host, path, fc.string({ unit: "binary" }))
      .map(([where, [root, object, start, end, how], tail]) => {
        return `https://${where}/${root}/${object}/${start}${end}/${how}?ws=${tail}`;
      });
    fc.assert(
      fc.property(fc.oneof(built, fc.webUrl(), fc.string({ unit: "binary" })), (text) => {
        const ref = recordAt(text);
        if (ref !== null) expect(crmRecordRef.parse(ref)).toEqual(ref);
        if (ref?.crm === "salesforce") expect(ref.id).toBe(longId(ref.id));
      }),
      { numRuns: 2_000 },
    );
  });
});

describe("name hint", () => {
  const found = () => atHook(document, salesforce.hooks.name);
  beforeEach(() => {
    document.body.innerHTML = recordPage;
    attachDeclaredRoots(document.body);
  });

  it("is found below shadow roots, and not on the page that was left", () => {
    expect(found()).toMatchObject({ text: "Ada Example", hook: "h1 lightning-formatted-name" });
  });

  it("falls back to the primary field, then to the title", () => {
    document.body.innerHTML = `<h1><div class="slds-page-header__title">Acme renewal</div></h1>`;
    expect(found()?.text).toBe("Acme renewal");
    document.body.innerHTML += `<lightning-formatted-text slot="primaryField">00001026</lightning-formatted-text>`;
    expect(found()?.text).toBe("00001026");
  });

  it("is absent where the hooks are", () => {
    document.body.innerHTML = "<h1>Ada Example</h1>";
    expect(found()).toBeNull();
  });
});
