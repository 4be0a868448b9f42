import type { FreeContent, MediaKind, TemplateContent } from "@aparte/core/message-content.ts";

const headerKinds = { IMAGE: "image", VIDEO: "video", DOCUMENT: "document" } as const;

/** As what each file of a content is sent: it decides which types and sizes Meta takes. */
export function kindsOfFiles(content: FreeContent | TemplateContent): ReadonlyMap<string, MediaKind> {
  switch (content.kind) {
    case "media":
      return new Map([[content.fileId, content.media]]);
    case "interactive":
      return content.header === null || content.header.type === "text"
        ? new Map()
        : new Map([[content.header.fileId, content.header.type]]);
    case "template": {
      const { headerFile, headerMedia, cards } = content.bubble;
      const parts = [{ headerFile, headerMedia }, ...cards];
      return new Map(
        parts.flatMap((part) =>
          part.headerFile === null || part.headerMedia === null || part.headerMedia === "LOCATION"
            ? []
            : [[part.headerFile, headerKinds[part.headerMedia]] as const],
        ),
      );
    }
    default:
      return new Map();
  }
}
