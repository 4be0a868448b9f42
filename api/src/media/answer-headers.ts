import { bareMimeType } from "@aparte/core/media.ts";
import type { LinkUse } from "./links.ts";
import { unknownType } from "./file-kind.ts";

type Rule = { readonly extension: string; readonly inline: boolean };

const inline = (extension: string): Rule => ({ extension, inline: true });
const saved = (extension: string): Rule => ({ extension, inline: false });

/** The types that files are served as. All others are bytes to save: nothing here can run in a browser. */
const served: Readonly<Record<string, Rule>> = {
  "image/jpeg": inline("jpg"),
  "image/png": inline("png"),
  "image/webp": inline("webp"),
  "image/gif": inline("gif"),
  "video/mp4": inline("mp4"),
  "video/3gpp": inline("3gp"),
  "video/quicktime": inline("mov"),
  "video/webm": inline("webm"),
  "audio/aac": inline("aac"),
  "audio/amr": inline("amr"),
  "audio/mpeg": inline("mp3"),
  "audio/mp4": inline("m4a"),
  "audio/ogg": inline("ogg"),
  "audio/wav": inline("wav"),
  "application/pdf": inline("pdf"),
  "text/plain": saved("txt"),
  "application/zip": saved("zip"),
  "application/msword": saved("doc"),
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document": saved("docx"),
  "application/vnd.ms-excel": saved("xls"),
  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": saved("xlsx"),
  "application/vnd.ms-powerpoint": saved("ppt"),
  "application/vnd.openxmlformats-officedocument.presentationml.presentation": saved("pptx"),
};

/** A file as it is served: its type by its own bytes, its name as a stranger wrote it. */
export type Served = { readonly mimeType: string; readonly fileName: string | null };

/** Headers under which a stranger's file can do no harm on our own origin. */
export function answerHeaders({ mimeType, fileName }: Served, use: LinkUse): Record<string, string> {
  const bare = bareMimeType(mimeType);
  const rule = served[bare];
  const place = use === "show" && rule?.inline ? "inline" : "attachment";
  return {
    "content-type": rule ? bare : unknownType,
    "content-disposition": `${place}${nameParameters(safeName(fileName, rule?.extension ?? "bin"))}`,
    "x-content-type-options": "nosniff",
    "content-security-policy": "sandbox; default-src 'none'",
    "cache-control": "private, max-age=3600",
    "cross-origin-resource-policy": "cross-origin",
    "accept-ranges": "bytes",
  };
}

/** Longest name that every file system takes. */
const longestName = 120;

/**
 * A name that is no path and says what the file is: one whose ending is another type's gets the right one, so that
 * "photo.exe" of an image is saved as "photo.exe.jpg". Bytes of no known type keep their name.
 */
function safeName(name: string | null, extension: string): string {
  const characters = (name ?? "").replaceAll(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}"*/:<>?\\|]/gu, "_");
  const short = characters.slice(-longestName).toWellFormed();
  const plain = short.replace(/^[.\s]+|[.\s]+$/gu, "") || `file.${extension}`;
  const endings = extension === "jpg" ? ["jpg", "jpeg"] : [extension];
  const fitting = endings.some((ending) => plain.toLowerCase().endsWith(`.${ending}`));
  return fitting || extension === "bin" ? plain : `${plain}.${extension}`;
}

/** RFC 6266: a name in ASCII for old clients, and the whole one as RFC 5987 writes it. */
function nameParameters(name: string): string {
  const ascii = name.replaceAll(/[^\x20-\x7E]/gu, "_").replaceAll(/["\\%]/g, "_");
  const encoded = encodeURIComponent(name).replaceAll(
    /['()*]/g,
    (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `; filename="${ascii}"; filename*=UTF-8''${encoded}`;
}
