import { afterAll, beforeAll, expect, it } from "vitest";
import { VirtualClock } from "../../platform/clock.ts";
import { CUSTOMER, errorOf, openSimulator } from "../testing/open-simulator.ts";
import type { OpenSimulator } from "../testing/open-simulator.ts";

let sim: OpenSimulator;
beforeAll(async () => {
  sim = await openSimulator({ clock: new VirtualClock(undefined, { ticks: false }) });
});
afterAll(() => sim.close());

const long = (length: number) => "x".repeat(length);
const text = { type: "text", text: { body: "Hello" } };
const button = (id: string, title: string) => ({ type: "reply", reply: { id, title } });
const buttons = (...all: unknown[]) => ({
  type: "interactive",
  interactive: { type: "button", body: { text: "?" }, action: { buttons: all } },
});
const list = (...sections: unknown[]) => ({
  type: "interactive",
  interactive: { type: "list", body: { text: "?" }, action: { button: "Choose", sections } },
});
const rows = (from: number, count: number) =>
  Array.from({ length: count }, (_, index) => ({ id: `${from + index}`, title: `Row ${index}` }));
const name = { formatted_name: "Ana Souza", first_name: "Ana" };

it.each<[string, Record<string, unknown>, [number, number], string]>([
  ["no messaging_product", { ...text, messaging_product: undefined }, [400, 100], "messaging_product is required"],
  ["another product", { ...text, messaging_product: "sms" }, [400, 100], "must be one of {whatsapp}"],
  ["no recipient", { ...text, to: undefined }, [400, 100], "The parameter to is required."],
  ["letters for a number", { ...text, to: "Ana" }, [400, 131009], "not a valid phone number"],
  ["a recipient id that is none", { ...text, to: undefined, recipient: "nobody" }, [400, 131009], "business-scoped"],
  ["the sender itself", { ...text, to: "+33199004210" }, [400, 131021], "the same"],
  ["an unknown group", { ...text, recipient_type: "group" }, [400, 131041], "The group does not exist"],
  ["an unknown recipient_type", { ...text, recipient_type: "crowd" }, [400, 100], "recipient_type must be one of"],
  ["an unknown type", { type: "telegram" }, [400, 100], "Param type must be one of"],
  ["no object for the type", { type: "image" }, [400, 131008], "'image'"],
  ["a text without body", { type: "text", text: {} }, [400, 100], "The parameter text['body'] is required."],
  ["an empty text", { type: "text", text: { body: "" } }, [400, 100], "at least 1 characters"],
  ["a text too long", { type: "text", text: { body: long(4097) } }, [400, 100], "at most 4096 characters"],
  [
    "an unexpected key",
    { type: "text", text: { body: "a", bold: true } },
    [400, 100],
    'Unexpected key "bold" on param "text"',
  ],
  ["a text that is no text", { type: "text", text: { body: 5 } }, [400, 100], "must be a string"],
  ["callback data too long", { ...text, biz_opaque_callback_data: long(513) }, [400, 100], "at most 512"],
  ["neither id nor link", { type: "image", image: {} }, [400, 131008], "one of id and link"],
  ["both id and link", { type: "image", image: { id: "1", link: "https://a.example" } }, [400, 131009], "together"],
  ["a media id that does not exist", { type: "image", image: { id: "1" } }, [400, 131009], "does not exist"],
  ["a link that is none", { type: "image", image: { link: "ftp://a.example" } }, [400, 100], "must be a valid URL"],
  [
    "a caption too long",
    { type: "image", image: { link: "https://a.example", caption: long(1025) } },
    [400, 100],
    "1024",
  ],
  ["a caption on audio", { type: "audio", audio: { link: "https://a.example", caption: "a" } }, [400, 100], "caption"],
  [
    "a place off the globe",
    { type: "location", location: { latitude: 91, longitude: 0 } },
    [400, 100],
    "between -90 and 90",
  ],
  ["no place", { type: "location", location: { latitude: 9 } }, [400, 100], "location['longitude']"],
  [
    "a contact with one name",
    { type: "contacts", contacts: [{ name: { formatted_name: "A" } }] },
    [400, 100],
    "another part",
  ],
  ["no contact", { type: "contacts", contacts: [] }, [400, 100], "at least 1 elements"],
  [
    "too many contacts",
    { type: "contacts", contacts: Array.from({ length: 258 }, () => ({ name })) },
    [400, 100],
    "257",
  ],
  ["two emoji", { type: "reaction", reaction: { message_id: "wamid.X", emoji: "👍👍" } }, [400, 100], "single emoji"],
  ["an unknown interactive", { type: "interactive", interactive: { type: "poll" } }, [400, 100], "interactive['type']"],
  ["four buttons", buttons(...["a", "b", "c", "d"].map((id) => button(id, id))), [400, 131009], "at most 3"],
  ["a title too long", buttons(button("a", long(21))), [400, 131009], "at most 20"],
  ["a doubled button id", buttons(button("a", "A"), button("a", "B")), [400, 131009], "duplicated button id"],
  ["a doubled button title", buttons(button("a", "A"), button("b", "A")), [400, 131009], "duplicated button title"],
  [
    "eleven rows",
    list({ title: "1", rows: rows(0, 6) }, { title: "2", rows: rows(6, 5) }),
    [400, 131009],
    "row count of 10",
  ],
  ["a section without title", list({ rows: rows(0, 1) }, { title: "2", rows: rows(1, 1) }), [400, 131009], "title"],
  ["a doubled row id", list({ rows: [...rows(0, 1), ...rows(0, 1)] }), [400, 131009], "duplicated row id"],
])("refuses %s", async (_what, message, [status, code], words) => {
  const before = (await sim.ledger()).length;
  const refused = errorOf(await sim.send(message));
  expect(refused).toMatchObject({ status, code });
  expect(`${refused.message} ${refused.details ?? ""}`).toContain(words);
  expect(await sim.ledger()).toHaveLength(before);
});

it("refuses a number that is not registered, and sends once it is", async () => {
  const [, second] = sim.identity.phone_numbers;
  const path = `/v26.0/${second?.phone_number_id}`;
  const message = { messaging_product: "whatsapp", to: `+${CUSTOMER}`, ...text };
  expect(errorOf(await sim.post(`${path}/messages`, message))).toMatchObject({ status: 400, code: 133010 });
  const register = (pin: string) => sim.post(`${path}/register`, { messaging_product: "whatsapp", pin });
  expect(errorOf(await register("12"))).toMatchObject({ status: 400, code: 100 });
  expect(errorOf(await register("000000"))).toMatchObject({ status: 400, code: 133005 });
  expect((await register(second?.pin ?? "")).body).toEqual({ success: true });
  expect((await sim.post(`${path}/messages`, message)).status).toBe(200);
  for (let count = 0; count < 8; count += 1) await register(second?.pin ?? "");
  expect(errorOf(await register(second?.pin ?? ""))).toMatchObject({ status: 400, code: 133016 });
});

it("refuses recipients that a test number does not know, a declined name and a locked account", async () => {
  const { phone_number_id, waba_id } = sim.identity;
  await sim.post(`/_sim/numbers/${phone_number_id}`, { allowed_recipients: ["33639980001"] });
  expect(errorOf(await sim.send(text))).toMatchObject({ status: 400, code: 131030 });
  await sim.post(`/_sim/numbers/${phone_number_id}`, { allowed_recipients: null, name_status: "DECLINED" });
  expect(errorOf(await sim.send(text))).toMatchObject({ status: 400, code: 131037 });
  await sim.post(`/_sim/accounts/${waba_id}`, { locked: true });
  expect(errorOf(await sim.send(text))).toMatchObject({ status: 403, code: 131031 });
  await sim.post("/_sim/reset");
  expect((await sim.send(text)).status).toBe(200);
});

it("limits the pair to a burst of 45 and then one message in six seconds", async () => {
  await sim.post("/_sim/reset");
  const statuses: number[] = [];
  for (let count = 0; count < 45; count += 1) statuses.push((await sim.send(text)).status);
  expect(new Set(statuses)).toEqual(new Set([200]));
  expect(errorOf(await sim.send(text))).toMatchObject({ status: 400, code: 131056 });
  expect((await sim.send({ ...text, to: "+33639980043" })).status).toBe(200);
  await sim.advance(6000);
  expect((await sim.send(text)).status).toBe(200);
  expect(errorOf(await sim.send(text))).toMatchObject({ code: 131056 });
});

it("limits a number to 80 messages in a second", async () => {
  await sim.post("/_sim/reset");
  const sends = Array.from({ length: 200 }, (_, index) => sim.send({ ...text, to: `+3363998${1000 + index}` }));
  const refused = (await Promise.all(sends)).filter(({ status }) => status !== 200);
  expect(refused).toHaveLength(120);
  expect(errorOf(refused[0] ?? expect.unreachable())).toMatchObject({ status: 400, code: 130429 });
  await sim.advance(1000);
  expect((await sim.send(text)).status).toBe(200);
});
