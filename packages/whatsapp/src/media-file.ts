import { randomUUID } from "node:crypto";
import type { GraphRequest } from "./graph.ts";

/** A file to hand over to Meta. */
export type FileToUpload = {
  readonly mimeType: string;
  readonly fileName: string;
  /** Bytes. */
  readonly size: number;
  /** The bytes from `offset` to the end. Asked again only by `uploadSample`, when a connection broke on the way. */
  readonly read: (offset: number) => AsyncIterable<Uint8Array>;
};

/** One file and some fields as a form (RFC 7578), streamed: `FormData` would need the whole file in memory. */
export function formBody(
  fields: Readonly<Record<string, string>>,
  { mimeType, fileName, size, read }: FileToUpload,
): Pick<GraphRequest, "headers" | "file"> {
  const boundary = `aparte-${randomUUID()}`;
  const parts = Object.entries(fields).map(
    ([name, value]) => `--${boundary}\r\ncontent-disposition: form-data; name="${name}"\r\n\r\n${value}\r\n`,
  );
  const disposition = `form-data; name="file"; filename="${quoted(fileName)}"`;
  const head = Buffer.from(
    `${parts.join("")}--${boundary}\r\ncontent-disposition: ${disposition}\r\ncontent-type: ${oneLine(mimeType)}\r\n\r\n`,
  );
  const tail = Buffer.from(`\r\n--${boundary}--\r\n`);
  async function* bytes() {
    yield head;
    yield* read(0);
    yield tail;
  }
  return {
    headers: { "content-type": `multipart/form-data; boundary=${boundary}` },
    file: { size: head.byteLength + size + tail.byteLength, bytes: bytes() },
  };
}

/** As browsers write a file name into a form (HTML, "multipart/form-data encoding algorithm"). */
function quoted(name: string): string {
  return name.replaceAll("\r", "%0D").replaceAll("\n", "%0A").replaceAll('"', "%22");
}

function oneLine(text: string): string {
  return text.replaceAll(/[\r\n]/g, "");
}
