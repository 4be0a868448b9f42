const CUT_SHORT = "Its encrypted contents are cut short: nobody can decrypt them.";

/**
 * Examples of Meta's file that are not asked of a platform, by `METHOD path: name`, each with its reason: they are
 * outdated, or contradict Meta's newer pages.
 */
export const OUTDATED: Readonly<Record<string, string>> = {
  "POST /{Phone-Number-ID}/messages_encrypted: Send Encrypted Text Message": CUT_SHORT,
  "POST /{Phone-Number-ID}/messages_encrypted: Send Encrypted Media Message": CUT_SHORT,
  "POST /{Phone-Number-ID}/messages_encrypted: Send Encrypted Template Message": CUT_SHORT,
  "DELETE /{WABA-ID}/message_templates: plain": "It names no template to delete.",
  "POST /{Phone-Number-ID}/whatsapp_commerce_settings: plain": "It says nothing that could be changed.",
  "GET /{Media-URL}: plain": "The link of a file is of another host; how it is read is tested with media.",
};

/**
 * Where answers differ from the file's schemas because Meta's newer pages, or answers seen, say otherwise: by request,
 * the difference as the validator words it, `*` for the place in a list, and the reason.
 */
export const KNOWN_MISFITS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  "GET /{Media-ID}": { "/file_size must be string": "What the platform answers is a number." },
  "GET /{WABA-ID}/phone_numbers": {
    "/data/*/status must be equal to one of the allowed values": "Meta's page on numbers has CONNECTED for a status.",
  },
};

const MARKETING = "POST /{Phone-Number-ID}/marketing_messages";
const PROFILE = "POST /{Phone-Number-ID}/whatsapp_business_profile";
const OFFERS = "POST /{Phone-Number-ID}/conversational_automation";
const DESCRIPTION = "Meta's page on business profiles gives a description 512 characters.";
const PROMPTS = "Meta's page on what a chat offers first has four prompts, and 32 characters for a command.";
const INDIVIDUAL = "Meta's page on sending has `individual` for a recipient type that is left out.";

/** Changes of requests that the file's schemas rule out and Meta's pages allow, as `METHOD path: name change`. */
export const ALLOWED_ANYWAY: Readonly<Record<string, string>> = {
  [`${PROFILE}: complete_profile_update with 257 characters as description.`]: DESCRIPTION,
  [`${PROFILE}: minimal_profile_update with 257 characters as description.`]: DESCRIPTION,
  "POST /{WhatsApp-Business-Profile-ID}: complete_update with 257 characters as description.": DESCRIPTION,
  "POST /{WhatsApp-Business-Profile-ID}: minimal_update with 257 characters as description.": DESCRIPTION,
  [`${OFFERS}: enable_welcome_with_prompts with 4 of prompts.`]: PROMPTS,
  [`${OFFERS}: full_automation_setup with 4 of prompts.`]: PROMPTS,
  [`${OFFERS}: setup_bot_commands with 31 characters as commands.0.command_name.`]: PROMPTS,
  [`${OFFERS}: full_automation_setup with 31 characters as commands.0.command_name.`]: PROMPTS,
  [`${MARKETING}: Simple Template Message without recipient_type`]: INDIVIDUAL,
  [`${MARKETING}: Template with Product Policy without recipient_type`]: INDIVIDUAL,
  [`${MARKETING}: Parameterized Template without recipient_type`]: INDIVIDUAL,
};
