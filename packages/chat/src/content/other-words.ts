import type { WordKey, Words } from "@aparte/i18n/i18n.ts";

/**
 * What each kind is called that only a phone can show, by Meta's word for it (messages webhook, `type` and
 * `unsupported.type`). A word that is not known here is shown as it came.
 */
const sentences: Readonly<Record<string, WordKey>> = {
  poll: "content.other_poll",
  poll_creation: "content.other_poll",
  poll_update: "content.other_poll_vote",
  event: "content.other_event",
  event_creation: "content.other_event",
  view_once: "content.other_view_once",
  media_placeholder: "content.other_view_once",
  live_location: "content.other_live_location",
  gif: "content.other_gif",
  group_invite: "content.other_group_invite",
  product: "content.other_product",
  link_preview: "content.other_link_preview",
  list: "content.other_list",
  button: "content.other_buttons",
  interactive: "content.other_buttons",
  hsm: "content.other_template",
  template: "content.other_template",
  keep_in_chat: "content.other_kept",
  pin: "content.other_pinned",
  payment: "content.other_payment",
  call: "content.other_call",
  image: "content.other_image",
  video: "content.other_video",
  audio: "content.other_audio",
  document: "content.other_document",
  sticker: "content.other_sticker",
  location: "content.other_location",
  contacts: "content.other_contacts",
  order: "content.other_order",
  reaction: "content.other_reaction",
  edit: "content.other_edit",
  errors: "content.other_unknown",
  unknown: "content.other_unknown",
  unsupported: "content.other_unknown",
};

/** The sentence for a kind: "A poll". */
export function otherWords(type: string, { t }: Words): string {
  const key = Object.hasOwn(sentences, type) ? sentences[type] : undefined;
  return key === undefined ? t("content.other_named", { type }) : t(key);
}
