import type { ListedTemplate } from "@aparte/core/template-version.ts";
import { expect, test } from "vitest";
import { everything, valuesOf } from "./template-filter.ts";
import { languagesApart, templateGroups } from "./template-groups.ts";

function template(name: string, language: string, more: Partial<ListedTemplate>, body = ""): ListedTemplate {
  return {
    id: `${name} ${language}`,
    name,
    language,
    category: "UTILITY",
    status: "APPROVED",
    rejectedReason: null,
    unsupported: [],
    quality: "UNKNOWN",
    recommendation: null,
    nextCategory: null,
    shape: {
      header: null,
      headerMedia: null,
      offer: null,
      body,
      footer: null,
      buttons: [],
      cards: [],
      examples: {},
      parameterFormat: "NAMED",
    },
    ...more,
  };
}

const templates = [
  template("order_shipped", "de", { status: "REJECTED" }, "Ihre Bestellung ist unterwegs"),
  template("order_shipped", "en_US", { quality: "RED" }, "Your order is on its way to {{city}}"),
  template("order_shipped", "fr", {}, "Votre commande est en route"),
  template("appointment", "en", { status: "PENDING", category: "MARKETING" }, "See you on {{day}}"),
];
const named = (search: string, filter: Partial<typeof everything> = {}) =>
  templateGroups(templates, { ...everything, ...filter, search }, "en").map(({ name }) => name);

test("the languages of one name stand together, the reader's own first", () => {
  const [appointment, order] = templateGroups(templates, everything, "fr-CA");
  expect(appointment?.name).toBe("appointment");
  expect(order?.variants.map(({ language }) => language)).toEqual(["fr", "de", "en_US"]);
  expect(order?.statuses).toEqual([
    { status: "APPROVED", languages: ["fr", "en_US"] },
    { status: "REJECTED", languages: ["de"] },
  ]);
});

test("the search finds words of the name and of the text in any language", () => {
  expect(named("order shipped")).toEqual(["order_shipped"]);
  expect(named("ORDER_")).toEqual(["order_shipped"]);
  expect(named("commande")).toEqual(["order_shipped"]);
  expect(named("order day")).toEqual([]);
  expect(named("  ")).toEqual(["appointment", "order_shipped"]);
});

test("a value finds a template that has it in one language, and shows that one", () => {
  expect(named("", { status: "PAUSED" })).toEqual([]);
  expect(named("", { status: "REJECTED" })).toEqual(["order_shipped"]);
  expect(named("", { category: "MARKETING" })).toEqual(["appointment"]);
  expect(named("", { language: "fr", quality: "RED" })).toEqual([]);
  const [order] = templateGroups(templates, { ...everything, quality: "RED" }, "fr");
  expect(order?.variants[0].language).toBe("en_US");
});

test("only values that occur are offered, in their own order", () => {
  expect(valuesOf(templates, "status")).toEqual(["APPROVED", "PENDING", "REJECTED"]);
  expect(valuesOf(templates, "language")).toEqual(["en", "en_US", "fr", "de"]);
});

test("languages with other variables are named", () => {
  const [, order] = templateGroups(templates, everything, "fr");
  expect(order && languagesApart(order)).toEqual(["en_US"]);
});
