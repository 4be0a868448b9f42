import { describe, expect, it } from "vitest";
import { message, noConsent, now, optedIn, optedOut, record } from "../gallery/people.ts";
import { templates } from "../gallery/templates.ts";
import { permissionsOf } from "./consent/permissions.ts";
import { searchTemplates, templateOptions } from "./template-options.ts";

const names = (options: ReturnType<typeof templateOptions>) => options.map((option) => option.name);
const permissions = (consent: typeof optedIn) => permissionsOf(record({ consent }).conversation, now);
const context = { permissions: permissions(optedIn), messages: [], locale: "en-GB" };
const used = (name: string, language: string) =>
  message("out", "10:00", {
    kind: "template",
    templateId: "t",
    name,
    language,
    values: {},
    bubble: {
      header: null,
      headerMedia: null,
      headerFile: null,
      headerLocation: null,
      offer: null,
      body: "",
      footer: null,
      buttons: [],
      cards: [],
    },
  });

describe("the templates to choose from", () => {
  it("are named once, those that can be sent first, with the reason for the others", () => {
    const options = templateOptions(templates, context);
    expect(names(options)).toEqual(["autumn_offer", "order_shipped", "parcel_link", "invoice_ready", "winter_offer"]);
    expect(options.map((option) => option.refusal?.code ?? null)).toEqual([
      null,
      null,
      null,
      "templates.not_approved",
      "templates.paused",
    ]);
  });

  it("hold no sign-in codes, which only systems send", () => {
    const codes = templates.map((template) => ({ ...template, category: "AUTHENTICATION" as const }));
    expect(templateOptions(codes, context)).toEqual([]);
  });

  it("are ranked by use in this conversation", () => {
    const messages = [used("parcel_link", "en")];
    expect(names(templateOptions(templates, { ...context, messages }))[0]).toBe("parcel_link");
  });

  it("speak the language that was last used with this person, else the reader's", () => {
    const languageOf = (messages: ReturnType<typeof used>[], locale: string) =>
      templateOptions(templates, { ...context, messages, locale }).find((one) => one.name === "order_shipped")
        ?.preferred.language;
    expect(languageOf([used("order_shipped", "de")], "en-GB")).toBe("de");
    expect(languageOf([], "de-AT")).toBe("de");
    expect(languageOf([], "fr")).toBe("en");
  });

  it("are refused one by one by consent: marketing needs it, an opt-out forbids all", () => {
    const refusals = (consent: typeof optedIn) =>
      Object.fromEntries(
        templateOptions(templates, { ...context, permissions: permissions(consent) }).map((option) => [
          option.name,
          option.refusal?.code,
        ]),
      );
    expect(refusals(noConsent)).toMatchObject({ autumn_offer: "consent.missing", order_shipped: undefined });
    expect(refusals(optedOut("STOP", "2026-11-01T00:00:00Z"))).toMatchObject({
      autumn_offer: "consent.opted_out",
      order_shipped: "consent.opted_out",
    });
  });

  it.each([
    ["", 5],
    ["SHIP", 1],
    ["order shipped", 1],
    ["arrives order", 1],
    ["nothing of the kind", 0],
  ])("a search for %j finds %i", (search, count) => {
    expect(searchTemplates(templateOptions(templates, context), search)).toHaveLength(count);
  });
});
