/**
 * Examples of Meta's file that are not asked of a platform, by `METHOD path: name`, each with its reason: they are
 * outdated, or contradict Meta's newer pages.
 */
export const OUTDATED: Readonly<Record<string, string>> = {
  "POST /{Phone-Number-ID}/messages: Send Order Details Message": "It names no recipient.",
  "POST /{Phone-Number-ID}/messages: Send Sample Issue Resolution Template":
    "A quick reply button takes a payload, not a text; and a text is no truth value.",
  "GET /{Media-URL}: plain": "The link of a file is of another host; how it is read is tested with media.",
};
