import type { Broken } from "./broken-messages.ts";
import { CUSTOMER } from "./things.ts";

type Json = Record<string, unknown>;

const sent = (name: string, components: unknown, more: Json = {}): Json => ({
  messaging_product: "whatsapp",
  to: `+${CUSTOMER}`,
  type: "template",
  template: { name, language: { code: "en_US" }, components, ...more },
});
const broken = (codes: readonly number[], body: Json): Broken => ({ codes, body: () => body });
const text = (words: string, parameter_name?: string) => ({
  type: "text",
  text: words,
  ...(parameter_name === undefined ? {} : { parameter_name }),
});
const body = (...parameters: unknown[]) => ({ type: "body", parameters });
const quote = (first: unknown, second: unknown) => sent("quote_ready", [body(first, second)]);
const url = (...parameters: unknown[]) => ({ type: "button", sub_type: "url", index: "0", parameters });
const shipped = (...more: unknown[]) =>
  sent("order_shipped", [body(...["A", "B", "C"].map((word) => text(word))), ...more]);

/** Sends of the account's templates that break one rule each, with the code that Meta's pages give it. */
export const BROKEN_TEMPLATE_SENDS: Readonly<Record<string, Broken>> = {
  "a name that is not there": broken([132001], sent("no_such_template", [])),
  "a language that is not there": broken([132001], sent("quote_ready", [], { language: { code: "zu" } })),
  "no name": broken([100, 131008], sent("", [], { name: undefined })),
  "no language": broken([100, 131008], sent("quote_ready", [], { language: undefined })),
  "no values": broken([132000], sent("quote_ready", [])),
  "one value too few": broken([132000], sent("quote_ready", [body(text("Ana", "first_name"))])),
  "one value too many": broken(
    [132000],
    sent("quote_ready", [body(text("A", "first_name"), text("B", "quote_number"), text("C", "more"))]),
  ),
  "a value that the template does not name": broken(
    [100, 132000, 132012],
    quote(text("A", "first_name"), text("B", "more")),
  ),
  "values without names": broken([100, 132000, 132012], quote(text("A"), text("B"))),
  "a value without text": broken(
    [100],
    quote({ type: "text", parameter_name: "first_name" }, text("B", "quote_number")),
  ),
  "an empty value": broken([100, 131008, 131009], quote(text("", "first_name"), text("B", "quote_number"))),
  "a value with a line break": broken([100, 132018], quote(text("A\nB", "first_name"), text("B", "quote_number"))),
  "a value with a tab": broken([100, 132018], quote(text("A\tB", "first_name"), text("B", "quote_number"))),
  "a value with five spaces": broken([100, 132018], quote(text("A     B", "first_name"), text("B", "quote_number"))),
  "a text that grows beyond its length": broken(
    [132005],
    quote(text("a".repeat(1020), "first_name"), text("B", "quote_number")),
  ),
  "a picture in a body": broken(
    [100, 132012],
    quote({ type: "image", image: { link: "https://example.com/a.jpg" } }, text("B", "quote_number")),
  ),
  "a button without its value": broken([131008, 132000], shipped()),
  "a button that the template has not": broken(
    [131008, 132000, 132012],
    shipped(url(text("a")), { ...url(text("b")), index: "7" }),
  ),
  "a header that the template has not": broken(
    [132000, 132012],
    shipped(
      { type: "header", parameters: [{ type: "image", image: { link: "https://example.com/a.jpg" } }] },
      url(text("a")),
    ),
  ),
  "a component of an unknown kind": broken([100, 132012], shipped(url(text("a")), { type: "border", parameters: [] })),
  "a button of an unknown kind": broken([100, 132012], shipped({ ...url(text("a")), sub_type: "swipe" })),
};

const definition = (components: unknown, more: Json = {}): Json => ({
  name: "a_new_template",
  language: "en_US",
  category: "UTILITY",
  components,
  ...more,
});
const long = (length: number) => "a".repeat(length);
const BODY = { type: "BODY", text: "Your order has left our shop." };
const withBody = (content: Json): Json => definition([{ type: "BODY", ...content }]);
const withHeader = (content: Json): Json => definition([{ type: "HEADER", ...content }, BODY]);
const withButtons = (...buttons: unknown[]): Json => definition([BODY, { type: "BUTTONS", buttons }]);
const quickReply = (words: string) => ({ type: "QUICK_REPLY", text: words });
const site = (more: Json = {}) => ({ type: "URL", text: "Site", url: "https://example.com", ...more });

/** Definitions of templates that break one rule each; Graph refuses all of them as code 100. */
export const BROKEN_DEFINITIONS: Readonly<Record<string, Json>> = {
  "no name": definition([BODY], { name: undefined }),
  "a name in capitals": definition([BODY], { name: "Order" }),
  "a name with spaces": definition([BODY], { name: "an order" }),
  "a name of 513 characters": definition([BODY], { name: long(513) }),
  "no language": definition([BODY], { language: undefined }),
  "a language that does not exist": definition([BODY], { language: "en-Latn" }),
  "no category": definition([BODY], { category: undefined }),
  "a category that does not exist": definition([BODY], { category: "SALES" }),
  "no component": definition([]),
  "no body": definition([{ type: "FOOTER", text: "Bye" }]),
  "two bodies": definition([BODY, BODY]),
  "a component that does not exist": definition([BODY, { type: "BORDER" }]),
  "a body of 1,025 characters": withBody({ text: long(1025) }),
  "an empty body": withBody({ text: "" }),
  "a variable first": withBody({ text: "{{1}} is your visit as agreed with us.", example: { body_text: [["A"]] } }),
  "a variable last": withBody({ text: "As agreed with us your visit is on {{1}}", example: { body_text: [["A"]] } }),
  "variables side by side": withBody({
    text: "You have a visit with us on {{1}}{{2}} as we have agreed before.",
    example: { body_text: [["A", "B"]] },
  }),
  "more variables than words": withBody({
    text: "A {{1}} b {{2}} c {{3}} d.",
    example: { body_text: [["A", "B", "C"]] },
  }),
  "variables that skip a number": withBody({
    text: "You have a visit with us on {{1}} and on {{3}} as we have agreed.",
    example: { body_text: [["A", "B"]] },
  }),
  "a variable without an example": withBody({ text: "You have a visit with us on {{1}} as agreed." }),
  "too few examples": withBody({
    text: "You have a visit with us on {{1}} and on {{2}} as we have agreed.",
    example: { body_text: [["A"]] },
  }),
  "three line breaks": withBody({ text: "Hello\n\n\nthere" }),
  "a header of 61 characters": withHeader({ format: "TEXT", text: long(61) }),
  "a header with two variables": withHeader({
    format: "TEXT",
    text: "From {{1}} to {{2}} now",
    example: { header_text: ["A", "B"] },
  }),
  "a header of a kind that does not exist": withHeader({ format: "SOUND" }),
  "a picture without an example": withHeader({ format: "IMAGE" }),
  "a footer of 61 characters": definition([BODY, { type: "FOOTER", text: long(61) }]),
  "a footer with a variable": definition([BODY, { type: "FOOTER", text: "Bye {{1}} now" }]),
  "eleven buttons": withButtons(...Array.from({ length: 11 }, (_, index) => quickReply(`Reply ${index}`))),
  "three links": withButtons(site(), site({ text: "B" }), site({ text: "C" })),
  "two numbers to call": withButtons(
    ...["A", "B"].map((words) => ({ type: "PHONE_NUMBER", text: words, phone_number: "+33199004210" })),
  ),
  "a button of 26 characters": withButtons(quickReply(long(26))),
  "two replies of one text": withButtons(quickReply("Yes"), quickReply("Yes")),
  "replies on both sides of a link": withButtons(quickReply("Yes"), site(), quickReply("No")),
  "a link without an address": withButtons(site({ url: undefined })),
  "a link of 2,001 characters": withButtons(site({ url: `https://example.com/${long(1981)}` })),
  "a variable within a link": withButtons(
    site({ url: "https://example.com/{{1}}/now", example: ["https://example.com/a/now"] }),
  ),
  "a link's variable without an example": withButtons(site({ url: "https://example.com/{{1}}" })),
  "a code of 21 characters": withButtons({ type: "COPY_CODE", example: long(21) }),
  "a button that does not exist": withButtons({ type: "SWIPE", text: "Swipe" }),
  "a name and language that are taken": definition([BODY], { name: "quote_ready" }),
};
