import { expect, it } from "vitest";
import { oneClickBody } from "./one-click-body.ts";

const type = "multipart/form-data; boundary=b1";
const field = 'Content-Disposition: form-data; name="List-Unsubscribe"';
const part = `--b1\r\n${field}\r\n\r\nOne-Click`;
const good = `${part}\r\n--b1--\r\n`;

it.each([
  [type, good],
  ["Multipart/Form-Data; charset=utf-8; boundary=b1", good],
  ['multipart/form-data; boundary="b 1"', good.replaceAll("b1", "b 1")],
  [type, good.trimEnd()],
  [type, good.replace(field, `Content-Type: text/plain; charset=UTF-8\r\n${field}`)],
])("reads one click from %s", (contentType, body) => {
  expect(oneClickBody(contentType, body)).toBe("List-Unsubscribe=One-Click");
});

it("reads what a form of the platform writes", async () => {
  const form = new FormData();
  form.set("List-Unsubscribe", "One-Click");
  const sent = new Response(form);
  expect(oneClickBody(sent.headers.get("content-type") ?? "", await sent.text())).toBe("List-Unsubscribe=One-Click");
});

it.each([
  ["no boundary", "multipart/form-data", good],
  ["another boundary", "multipart/form-data; boundary=b2", good],
  ["another value", type, good.replace("One-Click", "One-Clicks")],
  ["another field", type, good.replace("List-Unsubscribe", "stop")],
  ["two fields", type, `${part}\r\n${good}`],
  ["a file", type, good.replace(field, `${field}; filename="a"`)],
  ["no header at all", type, "--b1\r\n\r\nOne-Click\r\n--b1--"],
  ["no end", type, part],
  ["more behind the end", type, `${good}x`],
  ["words before the beginning", type, `x\r\n${good}`],
  ["nothing", type, ""],
])("takes no click from a body with %s", (_, contentType, body) => {
  expect(oneClickBody(contentType, body)).toBeNull();
});
