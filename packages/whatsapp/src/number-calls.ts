import { z } from "zod";
import type { Callback } from "./account-calls.ts";
import { command, type Call, type CallResult } from "./call.ts";
import { numberFields, readNumberFacts, type NumberFacts } from "./number-facts.ts";
import { phoneNumberFields, readPhoneNumber, type MetaPhoneNumber } from "./phone-number.ts";
import { detail } from "./wire.ts";

/** Where message data rests, for the regions that Meta offers; null leaves it to Meta. */
export const localStorageRegions = [
  "AU",
  "ID",
  "IN",
  "JP",
  "SG",
  "KR",
  "DE",
  "CH",
  "GB",
  "BR",
  "BH",
  "ZA",
  "AE",
  "CA",
] as const;
export type LocalStorageRegion = (typeof localStorageRegions)[number];

export type NumberSettings = {
  /** Webhooks then tell when a person's security code changed, and a send may insist on the one that is known. */
  readonly identityCheck: boolean;
};

/** What is asked of a number (Meta, "Business phone numbers"). */
export type NumberCalls = {
  /** The few facts that every list of numbers shows. */
  readonly phoneNumber: (phoneNumberId: string) => Promise<CallResult<MetaPhoneNumber>>;
  readonly numberFacts: (phoneNumberId: string) => Promise<CallResult<NumberFacts>>;
  /** Sends a code to the number, in the language given (`en_US`). */
  readonly requestCode: (phoneNumberId: string, method: "SMS" | "VOICE", language: string) => Promise<CallResult<null>>;
  readonly verifyCode: (phoneNumberId: string, code: string) => Promise<CallResult<null>>;
  /** Connects the number to the Cloud API. The PIN is its two-step PIN, or becomes it. Ten times in 72 hours at most. */
  readonly register: (
    phoneNumberId: string,
    pin: string,
    region: LocalStorageRegion | null,
  ) => Promise<CallResult<null>>;
  readonly deregister: (phoneNumberId: string) => Promise<CallResult<null>>;
  /** Sets the two-step PIN: six digits. It cannot be switched off from here. */
  readonly setPin: (phoneNumberId: string, pin: string) => Promise<CallResult<null>>;
  readonly numberSettings: (phoneNumberId: string) => Promise<CallResult<NumberSettings>>;
  readonly setNumberSettings: (phoneNumberId: string, settings: NumberSettings) => Promise<CallResult<null>>;
  /** Asks Meta for another display name; the decision comes by webhook (`phone_name`). */
  readonly requestDisplayName: (phoneNumberId: string, name: string) => Promise<CallResult<null>>;
  /** Sends the webhooks of this number alone to another address; null ends that. */
  readonly setNumberCallback: (phoneNumberId: string, callback: Callback | null) => Promise<CallResult<null>>;
};

const settingsAnswer = z.object({
  user_identity_change: detail(z.object({ enable_identity_key_check: z.boolean() })),
});

export function createNumberCalls(call: Call): NumberCalls {
  const post = (path: readonly string[], body: object) => command(call, { method: "POST", path, body });
  return {
    phoneNumber: (id) => call({ method: "GET", path: [id], query: { fields: phoneNumberFields } }, readPhoneNumber),
    numberFacts: (id) => call({ method: "GET", path: [id], query: { fields: numberFields } }, readNumberFacts),
    requestCode: (id, method, language) => post([id, "request_code"], { code_method: method, language }),
    verifyCode: (id, code) => post([id, "verify_code"], { code }),
    register: (id, pin, region) => {
      const where = region === null ? {} : { data_localization_region: region };
      return post([id, "register"], { messaging_product: "whatsapp", pin, ...where });
    },
    deregister: (id) => command(call, { method: "POST", path: [id, "deregister"] }),
    setPin: (id, pin) => post([id], { pin }),
    numberSettings: (id) => call({ method: "GET", path: [id, "settings"] }, readSettings),
    setNumberSettings: (id, { identityCheck }) =>
      post([id, "settings"], { user_identity_change: { enable_identity_key_check: identityCheck } }),
    requestDisplayName: (id, name) => post([id], { new_display_name: name }),
    setNumberCallback: (id, callback) => {
      const override_callback_uri = callback?.callbackUrl ?? "";
      const token = callback === null ? {} : { verify_token: callback.verifyToken };
      return post([id], { webhook_configuration: { override_callback_uri, ...token } });
    },
  };
}

function readSettings(json: unknown): NumberSettings | null {
  const parsed = settingsAnswer.safeParse(json);
  return parsed.success
    ? { identityCheck: parsed.data.user_identity_change?.enable_identity_key_check ?? false }
    : null;
}
