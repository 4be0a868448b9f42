import { describe, expect, it } from "vitest";
import { templates } from "../gallery/templates.ts";
import { snippetOf, valueFields, valuesOf, variableLabel } from "./template-values.ts";

const shape = templates[0]?.shape ?? expect.fail("the gallery has no template");
const record = [{ name: "firstname", label: "Contact › First name", value: "Ana" }];

describe("the values of a template", () => {
  it("come from the record, with their source", () => {
    const [name, number] = valueFields(shape, record, {});
    expect(name).toMatchObject({ value: "Ana", edited: false, suggestion: { source: "Contact › First name" } });
    expect(number).toMatchObject({ value: "", edited: false, suggestion: null });
  });

  it("are what was typed where something was typed, even nothing", () => {
    const fields = valueFields(shape, record, { "body.first_name": "", "body.order_number": "A-1" });
    expect(valuesOf(fields)).toEqual({ "body.first_name": "", "body.order_number": "A-1", "body.delivery_date": "" });
    expect(fields.map((field) => field.edited)).toEqual([true, false, false]);
  });

  it("are not called edited when they are typed back", () => {
    expect(valueFields(shape, record, { "body.first_name": "Ana" })[0]?.edited).toBe(false);
  });

  it("make one line by which a template is recognised", () => {
    expect(snippetOf({ ...shape, body: "*Hi* {{first_name}}, order {{order_number}}" }, record)).toBe(
      "Hi Ana, order ⟨Order number⟩",
    );
  });
});

it.each([
  ["order_number", "Order number"],
  ["name", "Name"],
  ["1", null],
])("the variable %j is called %j", (name, label) => {
  expect(variableLabel(name)).toBe(label);
});
