import type { FreeContent, InteractiveContent, MediaContent } from "@aparte/core/message-content.ts";
import { contactEntry } from "./contact-entry.ts";
import { interactiveAction } from "./interactive-action.ts";
import { given, saidOrNull } from "./wire.ts";

/** Meta's media ids of the files that a message shows, by the ids under which the content names them. */
export type MediaIds = ReadonlyMap<string, string>;

type Surroundings = {
  readonly files: MediaIds;
  /** The message that a reaction is about. */
  readonly aboutWamid: string | null;
};

/** `type` and the object of that name, as Meta wants them for each kind (Meta, "messages" endpoint). */
export type FreePart = ReturnType<typeof freePart>;

/** Throws when a file was not uploaded, or when a reaction is about nothing: both are decided before. */
export function freePart(content: FreeContent, { files, aboutWamid }: Surroundings) {
  switch (content.kind) {
    case "text":
      return {
        type: "text",
        text: { body: content.text, ...given({ preview_url: holdsLink(content.text) }) },
      } as const;
    case "media":
      return mediaPart(content, mediaId(files, content.fileId));
    case "location": {
      const { latitude, longitude, name, address } = content;
      return {
        type: "location",
        location: { latitude, longitude, ...given({ name: saidOrNull(name), address: saidOrNull(address) }) },
      } as const;
    }
    case "contacts":
      return { type: "contacts", contacts: content.cards.map(contactEntry) } as const;
    case "reaction":
      if (aboutWamid === null) throw new Error("a reaction is about no message");
      return { type: "reaction", reaction: { message_id: aboutWamid, emoji: content.emoji ?? "" } } as const;
    case "interactive":
      return interactivePart(content, files);
  }
}

/** Throws when the file has none: it must be uploaded before the message is built. */
export function mediaId(files: MediaIds, fileId: string): string {
  const id = files.get(fileId);
  if (id === undefined) throw new Error(`the file ${fileId} has no media id`);
  return id;
}

/** Null instead of false: Meta shows no preview unless it is asked to. */
function holdsLink(text: string): true | null {
  return /\bhttps?:\/\/\S/i.test(text) ? true : null;
}

function mediaPart({ media, caption: words, fileName, voice }: MediaContent, id: string) {
  const caption = saidOrNull(words);
  switch (media) {
    case "image":
      return { type: "image", image: { id, ...given({ caption }) } } as const;
    case "video":
      return { type: "video", video: { id, ...given({ caption }) } } as const;
    case "audio":
      return { type: "audio", audio: { id, ...given({ voice: voice ? true : null }) } } as const;
    case "document":
      return { type: "document", document: { id, ...given({ caption, filename: saidOrNull(fileName) }) } } as const;
    case "sticker":
      return { type: "sticker", sticker: { id } } as const;
  }
}

function interactivePart({ header, body, footer, action }: InteractiveContent, files: MediaIds) {
  return {
    type: "interactive",
    interactive: {
      ...interactiveAction(action),
      ...given({
        header: header === null ? null : headerPart(header, files),
        body: saidOrNull(body) === null ? null : { text: body },
        footer: footer === null || saidOrNull(footer) === null ? null : { text: footer },
      }),
    },
  } as const;
}

function headerPart(header: NonNullable<InteractiveContent["header"]>, files: MediaIds) {
  if (header.type === "text") return { type: "text", text: header.text } as const;
  return { type: header.type, [header.type]: { id: mediaId(files, header.fileId) } } as const;
}
