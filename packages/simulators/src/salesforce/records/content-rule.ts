import type { Rule, Saved } from "./rule.ts";

/** The first version of a file brings its document about, and shows it where it is published. */
export const contentVersionRule: Rule = {
  derive: ({ org, values, before }) => {
    if (before !== undefined) return {};
    const path = String(values["PathOnClient"] ?? "");
    const extension = /\.([^./\\]+)$/u.exec(path)?.[1] ?? null;
    return {
      Title: values["Title"] ?? path.replace(/\.[^.]+$/u, ""),
      ContentDocumentId: values["ContentDocumentId"] ?? org.ids.next(org.schema.object("ContentDocument").keyPrefix),
      ContentSize: Buffer.from(String(values["VersionData"] ?? ""), "base64").length,
      FileExtension: extension,
      FileType: extension?.toUpperCase() ?? "UNKNOWN",
      IsLatest: true,
    };
  },
  after: (saved) => {
    const { write, record, before, given } = saved;
    if (before !== undefined) return;
    const documentId = String(record.values["ContentDocumentId"]);
    if (given["ContentDocumentId"] === undefined) addDocument(saved, documentId);
    else replaceLatest(saved, documentId);
    if (typeof given["FirstPublishLocationId"] === "string") {
      link(saved, { documentId, linkedId: given["FirstPublishLocationId"], shareType: "V" });
    } else if (given["ContentDocumentId"] === undefined) {
      link(saved, { documentId, linkedId: write.userId, shareType: "I" });
    }
  },
};

function addDocument({ write, record, insert }: Saved, documentId: string): void {
  const { Title = null, OwnerId = write.userId } = record.values;
  const document = { Title, OwnerId, LatestPublishedVersionId: record.id };
  insert(write.org.schema.object("ContentDocument"), document, documentId);
}

function replaceLatest({ write, record, change }: Saved, documentId: string): void {
  const { org } = write;
  for (const version of org.records.withValue(record.type, "ContentDocumentId", documentId)) {
    if (version.id !== record.id && version.values["IsLatest"] === true) change(version, { IsLatest: false });
  }
  const document = org.records.live(org.schema.object("ContentDocument"), documentId);
  if (document !== undefined) change(document, { LatestPublishedVersionId: record.id });
}

function link(
  { write, insert }: Saved,
  { documentId, linkedId, shareType }: { documentId: string; linkedId: string; shareType: string },
): void {
  insert(write.org.schema.object("ContentDocumentLink"), {
    ContentDocumentId: documentId,
    LinkedEntityId: linkedId,
    ShareType: shareType,
  });
}
