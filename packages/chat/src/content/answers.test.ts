import { describe, expect, it, test } from "vitest";
import { orderTotals, questionLabel } from "./answers.tsx";

test.each([
  ["screen_0_delivery_day_0", "Delivery day"],
  ["floor", "Floor"],
  ["date-of-birth", "Date of birth"],
  ["_1", "_1"],
])("the question %j of a form is called %j", (name, label) => {
  expect(questionLabel(name)).toBe(label);
});

describe("the total of an order", () => {
  const order = (...items: [number, number, string][]) => ({
    kind: "order" as const,
    text: null,
    catalogId: "1",
    items: items.map(([quantity, price, currency]) => ({ productId: "p", quantity, price, currency })),
  });

  it("loses no cent, and keeps currencies apart", () => {
    expect(orderTotals(order([3, 0.1, "EUR"], [1, 0.2, "EUR"], [1, 5, "USD"]))).toEqual([
      ["EUR", 0.5],
      ["USD", 5],
    ]);
  });
});
