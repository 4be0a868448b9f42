import type { BusinessKind } from "@aparte/core/presence.ts";
import { z } from "zod";
import { command, type Call, type CallResult } from "./call.ts";
import { detail, given } from "./wire.ts";

/** What people see when they open the business in WhatsApp. Null: not set. */
export type BusinessProfile = {
  readonly about: string | null;
  readonly address: string | null;
  readonly description: string | null;
  readonly email: string | null;
  readonly websites: readonly string[];
  readonly vertical: string | null;
  readonly pictureUrl: string | null;
};

/** What shall change; an absent key stays as it is. `pictureHandle` comes from `uploadSample`. */
export type ProfileChange = Partial<
  Omit<BusinessProfile, "pictureUrl" | "vertical"> & { readonly vertical: BusinessKind; readonly pictureHandle: string }
>;

/** What an empty chat offers: prompts to tap, and commands behind a slash. */
export type ConversationStarters = {
  readonly prompts: readonly string[];
  readonly commands: readonly { readonly name: string; readonly description: string }[];
};

/** Whether a number shows its catalogue, and lets people fill a cart. */
export type CommerceSettings = { readonly catalogVisible: boolean; readonly cartEnabled: boolean };

/** How a number presents itself in WhatsApp. */
export type Presence = {
  readonly profile: (phoneNumberId: string) => Promise<CallResult<BusinessProfile>>;
  readonly changeProfile: (phoneNumberId: string, change: ProfileChange) => Promise<CallResult<null>>;
  readonly conversationStarters: (phoneNumberId: string) => Promise<CallResult<ConversationStarters>>;
  readonly setConversationStarters: (
    phoneNumberId: string,
    starters: ConversationStarters,
  ) => Promise<CallResult<null>>;
  /** Null where no catalogue is linked. */
  readonly commerceSettings: (
    phoneNumberId: string,
  ) => Promise<CallResult<{ readonly settings: CommerceSettings | null }>>;
  readonly setCommerceSettings: (phoneNumberId: string, settings: CommerceSettings) => Promise<CallResult<null>>;
};

const profileFields = "about,address,description,email,profile_picture_url,websites,vertical";

const text = detail(z.string().min(1).max(4096));
const profileAnswer = z.object({
  data: z.tuple(
    [
      z.object({
        about: text,
        address: text,
        description: text,
        email: text,
        profile_picture_url: text,
        websites: detail(z.array(z.string())),
        vertical: text,
      }),
    ],
    z.unknown(),
  ),
});

const slashCommand = z.object({ command_name: z.string(), command_description: z.string() });
const startersAnswer = z.object({
  conversational_automation: detail(
    z.object({ prompts: detail(z.array(z.string())), commands: detail(z.array(slashCommand)) }),
  ),
});

const commerceAnswer = z.object({
  data: z.array(z.object({ is_catalog_visible: z.boolean(), is_cart_enabled: z.boolean() })),
});

export function createPresence(call: Call): Presence {
  const profilePath = (id: string): readonly string[] => [id, "whatsapp_business_profile"];
  const commercePath = (id: string): readonly string[] => [id, "whatsapp_commerce_settings"];
  const post = (path: readonly string[], body: object) => command(call, { method: "POST", path, body });
  return {
    profile: (id) => call({ method: "GET", path: profilePath(id), query: { fields: profileFields } }, readProfile),
    changeProfile: (id, { pictureHandle, ...change }) => {
      const fields = given({ ...change, profile_picture_handle: pictureHandle });
      return post(profilePath(id), { messaging_product: "whatsapp", ...fields });
    },
    conversationStarters: (id) =>
      call({ method: "GET", path: [id], query: { fields: "conversational_automation" } }, readStarters),
    setConversationStarters: (id, { prompts, commands }) =>
      post([id, "conversational_automation"], {
        prompts,
        commands: commands.map(({ name, description }) => ({ command_name: name, command_description: description })),
      }),
    commerceSettings: (id) => call({ method: "GET", path: commercePath(id) }, readCommerce),
    setCommerceSettings: (id, { catalogVisible, cartEnabled }) =>
      post(commercePath(id), { is_catalog_visible: catalogVisible, is_cart_enabled: cartEnabled }),
  };
}

function readProfile(json: unknown): BusinessProfile | null {
  const parsed = profileAnswer.safeParse(json);
  if (!parsed.success) return null;
  const [{ profile_picture_url, websites, ...rest }] = parsed.data.data;
  return { ...rest, websites: websites ?? [], pictureUrl: profile_picture_url };
}

function readStarters(json: unknown): ConversationStarters | null {
  const parsed = startersAnswer.safeParse(json);
  if (!parsed.success) return null;
  const { prompts, commands } = parsed.data.conversational_automation ?? {};
  return {
    prompts: prompts ?? [],
    commands: (commands ?? []).map((one) => ({ name: one.command_name, description: one.command_description })),
  };
}

function readCommerce(json: unknown): { readonly settings: CommerceSettings | null } | null {
  const parsed = commerceAnswer.safeParse(json);
  if (!parsed.success) return null;
  const [first] = parsed.data.data;
  return {
    settings: first ? { catalogVisible: first.is_catalog_visible, cartEnabled: first.is_cart_enabled } : null,
  };
}
