import type { FreeContent, MediaKind, TemplateContent } from "@aparte/core/message-content.ts";

const headerKinds = { IMAGE: "image", VIDEO: "video", DOCUMENT: "document" } as const;

/** As what each file of a content is sent: it decides which types and sizes Meta takes. */
export function kindsOfFiles(content: FreeContent | TemplateContent): ReadonlyMap<string, MediaKind> {
  return new Map(partsOf(content).map(({ fileId, kind }) => [fileId, kind]));
}

function partsOf(content: FreeContent | TemplateContent): { readonly fileId: string; readonly kind: MediaKind }[] {
  if (content.kind === "media") return [{ fileId: content.fileId, kind: content.media }];
  if (content.kind === "interactive") {
    const { header } = content;
    return header === null || header.type === "text" ? [] : [{ fileId: header.fileId, kind: header.type }];
  }
  if (content.kind !== "template") return [];
  return [content.bubble, ...content.bubble.cards].flatMap(({ headerFile: fileId, headerMedia }) =>
    fileId === null || headerMedia === null || headerMedia === "LOCATION"
      ? []
      : [{ fileId, kind: headerKinds[headerMedia] }],
  );
}
