import { describe, expect, it } from "vitest";
import { readWebhook } from "./webhook.ts";

const metadata = { display_phone_number: "15550100001", phone_number_id: "81" };

function facts(field: string, value: object) {
  const entry = [{ id: "71", changes: [{ field, value: { messaging_product: "whatsapp", metadata, ...value } }] }];
  return readWebhook(JSON.stringify({ object: "whatsapp_business_account", entry })).facts;
}

const text = (body: string) => ({ id: `wamid.${body}`, timestamp: "1795305600", type: "text", text: { body } });

describe("messages typed in the phone app", () => {
  it("go out to the person that they name", () => {
    const typed = { ...text("hello"), from: "15550100001", to: "15550100042", to_user_id: "US.42" };
    const { to: _hidden, ...hidden } = typed;
    expect(facts("smb_message_echoes", { message_echoes: [typed, hidden] })).toEqual([
      {
        kind: "message",
        wabaId: "71",
        phoneNumberId: "81",
        wamid: "wamid.hello",
        waId: "15550100042",
        bsuid: "US.42",
        direction: "out",
        source: "phone_app",
        state: null,
        profileName: null,
        timestamp: "2026-11-22T00:00:00.000Z",
        content: { kind: "text", text: "hello" },
        files: [],
        replyToWamid: null,
        aboutWamid: null,
        context: null,
      },
      expect.objectContaining({ waId: null, bsuid: "US.42" }),
    ]);
  });

  it("can be changed and taken back", () => {
    const side = { from: "15550100001", to: "15550100042", timestamp: "1795305600" };
    const edit = { original_message_id: "wamid.1", message: { type: "text", text: { body: "new" } } };
    const revoke = { original_message_id: "wamid.1" };
    const message_echoes = [
      { ...side, id: "wamid.2", type: "edit", edit },
      { ...side, id: "wamid.3", type: "revoke", revoke },
    ];
    expect(facts("smb_message_echoes", { message_echoes })).toMatchObject([
      { direction: "out", content: { kind: "edit", content: { text: "new" } }, aboutWamid: "wamid.1" },
      { direction: "out", content: { kind: "deleted" }, aboutWamid: "wamid.1" },
    ]);
  });

  it("to nobody are kept", () => {
    expect(facts("smb_message_echoes", { message_echoes: [text("lost")] })).toMatchObject([
      { kind: "unknown", field: "smb_message_echoes", type: "message" },
    ]);
  });
});

describe("the history of the phone app", () => {
  const chunk = (...threads: unknown[]) => ({
    history: [{ metadata: { phase: 0, chunk_order: 1, progress: 55 }, threads }],
  });

  it("is read thread by thread, each message on its side", () => {
    const messages = [
      { ...text("a"), from: "15550100042", history_context: { status: "READ" } },
      { ...text("b"), from: "15550100001", to: "15550100042", history_context: { status: "ERROR" } },
      { ...text("c"), from: "15550100001", history_context: { status: "pending" } },
      { ...text("d"), from: "15550100001", type: "media_placeholder" },
    ];
    expect(facts("history", chunk({ id: "15550100042", messages }))).toMatchObject([
      { source: "history", direction: "in", waId: "15550100042", state: null, content: { text: "a" } },
      { source: "history", direction: "out", waId: "15550100042", state: "failed" },
      { source: "history", direction: "out", waId: "15550100042", state: "accepted" },
      { direction: "out", state: null, content: { kind: "other", type: "media_placeholder" } },
    ]);
  });

  it("names a person who hides the number by the thread", () => {
    const messages = [{ ...text("a"), from_user_id: "US.42" }];
    expect(facts("history", chunk({ id: "US.42", messages }))).toMatchObject([
      { direction: "in", waId: null, bsuid: "US.42" },
    ]);
  });

  it("brings files in a list of their own", () => {
    const image = { id: "9", mime_type: "image/png" };
    const sent = { id: "wamid.1", timestamp: "1795305600", type: "image", image, from: "15550100001" };
    const messages = [{ ...sent, to: "15550100042" }, { ...sent, from: "15550100042" }, sent];
    expect(facts("history", { messages })).toMatchObject([
      { source: "history", direction: "out", waId: "15550100042", files: [{ id: "9" }] },
      { source: "history", direction: "in", waId: "15550100042" },
      { kind: "unknown", field: "history", type: "message" },
    ]);
  });

  it("costs only what cannot be read", () => {
    const good = { id: "15550100042", messages: [null, { ...text("a"), from: "15550100042" }] };
    expect(facts("history", chunk("?", good)).map(({ kind }) => kind)).toEqual(["unknown", "unknown", "message"]);
    expect(facts("history", { history: [{ metadata: { progress: 1 } }] })).toMatchObject([
      { kind: "unknown", type: "chunk" },
    ]);
  });

  it("can be refused by the owner of the number, and can end without messages", () => {
    const refused = { errors: [{ code: 2593109, title: "History sharing is off" }] };
    expect(facts("history", { history: [refused] })).toEqual([
      {
        kind: "account",
        wabaId: "71",
        phoneNumberId: null,
        timestamp: null,
        field: "history",
        event: "2593109",
        payload: refused,
      },
    ]);
    expect(facts("history", chunk())).toMatchObject([{ kind: "account", field: "history", event: null }]);
  });

  it("may hold thousands of messages", () => {
    const messages = Array.from({ length: 5000 }, (_, index) => ({ ...text(`${index}`), from: "15550100042" }));
    expect(facts("history", chunk({ id: "15550100042", messages }))).toHaveLength(5000);
  });
});

describe("the address book of the phone app", () => {
  const entry = (action: string, contact: object) => ({
    type: "contact",
    contact: { phone_number: "15550100042", ...contact },
    action,
    metadata: { timestamp: "1795305600" },
  });

  it("names people and forgets them", () => {
    const state_sync = [
      entry("add", { full_name: "Dana Fixture", first_name: "Dana" }),
      entry("add", { first_name: "Dana" }),
      entry("remove", {}),
    ];
    const person = { kind: "contact_name", wabaId: "71", phoneNumberId: "81", waId: "15550100042", bsuid: null };
    const timestamp = "2026-11-22T00:00:00.000Z";
    expect(facts("smb_app_state_sync", { state_sync })).toEqual([
      { ...person, action: "add", name: "Dana Fixture", timestamp },
      { ...person, action: "add", name: "Dana", timestamp },
      { ...person, action: "remove", name: null, timestamp },
    ]);
  });

  it("keeps entries of nobody, without a name, or of another kind", () => {
    const state_sync = [
      entry("add", { full_name: "Dana", phone_number: null }),
      entry("add", {}),
      { ...entry("add", { full_name: "Dana" }), type: "group" },
    ];
    expect(facts("smb_app_state_sync", { state_sync }).map(({ kind }) => kind)).toEqual(Array(3).fill("unknown"));
  });
});
