import type { TemplateStatus, TemplateView } from "@aparte/core/template.ts";
import { expect, test } from "vitest";
import { statusesOf, templateGroups } from "./template-groups.ts";

function template(name: string, language: string, status: TemplateStatus, body = ""): TemplateView {
  const shape = { header: null, headerMedia: null, body, footer: null, buttons: [], examples: {} };
  return {
    id: `${name} ${language}`,
    name,
    language,
    category: "UTILITY",
    status,
    rejectedReason: null,
    shape: { ...shape, parameterFormat: "NAMED" },
  };
}

const templates = [
  template("order_shipped", "de", "REJECTED", "Ihre Bestellung ist unterwegs"),
  template("order_shipped", "en_US", "APPROVED", "Your order is on its way"),
  template("order_shipped", "fr", "APPROVED", "Votre commande est en route"),
  template("appointment", "en", "PENDING", "See you on {{day}}"),
];
const all = { search: "", status: null };
const names = (search: string, status: TemplateStatus | null = null) =>
  templateGroups(templates, { search, status }, "en").map(({ name }) => name);

test("the languages of one name stand together, the reader's own first", () => {
  const [appointment, order] = templateGroups(templates, all, "fr-CA");
  expect(appointment?.name).toBe("appointment");
  expect(order?.variants.map(({ language }) => language)).toEqual(["fr", "de", "en_US"]);
  expect(order?.statuses).toEqual([
    { status: "APPROVED", languages: ["fr", "en_US"] },
    { status: "REJECTED", languages: ["de"] },
  ]);
});

test("the search finds words of the name and of the text in any language", () => {
  expect(names("order shipped")).toEqual(["order_shipped"]);
  expect(names("ORDER_")).toEqual(["order_shipped"]);
  expect(names("commande")).toEqual(["order_shipped"]);
  expect(names("order day")).toEqual([]);
  expect(names("  ")).toEqual(["appointment", "order_shipped"]);
});

test("a status finds a template that has it in one language, and shows that one", () => {
  expect(names("", "PAUSED")).toEqual([]);
  expect(names("", "REJECTED")).toEqual(["order_shipped"]);
  const [order] = templateGroups(templates, { search: "", status: "REJECTED" }, "en");
  expect(order?.variants[0].language).toBe("de");
});

test("only statuses that occur are offered", () => {
  expect(statusesOf(templates)).toEqual(["APPROVED", "PENDING", "REJECTED"]);
});
