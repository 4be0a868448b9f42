import { describe, expect, it } from "vitest";
import { templateBody, textBody } from "./message-body.ts";

const text = { text: "Salut 👋", callbackData: "our-id", replyToWamid: null };

describe("bodies of sends", () => {
  it("addresses a phone number with its +, however it is written", () => {
    for (const to of ["15550100042", "+15550100042"]) {
      expect(textBody({ ...text, to })).toEqual({
        messaging_product: "whatsapp",
        recipient_type: "individual",
        to: "+15550100042",
        type: "text",
        text: { body: "Salut 👋" },
        biz_opaque_callback_data: "our-id",
      });
    }
  });

  it("addresses a person who hides the number by BSUID alone", () => {
    const body = textBody({ ...text, recipient: "US.13491208655302741918" });
    expect(body).toMatchObject({ recipient: "US.13491208655302741918" });
    expect(body).not.toHaveProperty("to");
  });

  it("quotes a message", () => {
    expect(textBody({ ...text, to: "15550100042", replyToWamid: "wamid.1" })).toMatchObject({
      context: { message_id: "wamid.1" },
    });
  });

  it("carries a template with its values", () => {
    const parameters = [{ type: "text", parameter_name: "first_name", text: "Dana" }] as const;
    expect(
      templateBody({
        to: "+15550100042",
        callbackData: "our-id",
        name: "visit_reminder",
        language: "en_US",
        components: [{ type: "body", parameters }],
      }),
    ).toEqual({
      messaging_product: "whatsapp",
      recipient_type: "individual",
      to: "+15550100042",
      type: "template",
      template: {
        name: "visit_reminder",
        language: { policy: "deterministic", code: "en_US" },
        components: [{ type: "body", parameters }],
      },
      biz_opaque_callback_data: "our-id",
    });
  });

  it("stops before the wire on what Meta would refuse", () => {
    for (const to of ["", "0155501", "call me", "+1 555 0100", "1".repeat(16)]) {
      expect(() => textBody({ ...text, to })).toThrow("not an international phone number");
    }
    expect(() => textBody({ ...text, to: "15550100042", callbackData: "x".repeat(513) })).toThrow("512");
  });
});
