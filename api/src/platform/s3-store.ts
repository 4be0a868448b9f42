import { DeleteObjectCommand, GetObjectCommand, NoSuchKey, PutObjectCommand, S3Client } from "@aws-sdk/client-s3";
import { Readable } from "node:stream";
import type { FileStore } from "./file-store.ts";
import type { S3Setting } from "./store-setting.ts";

/** A store that says nothing for so long is taken as away, in milliseconds. */
const patience = { connectionTimeout: 10_000, socketTimeout: 60_000 };

/**
 * Files in a bucket of any S3-compatible store. A file is put in one request of known length, so it is whole or absent.
 * The bucket stands in the path, and no checksums beyond the protocol's are asked for: not every store knows more.
 */
export function s3Store({ endpoint, region, bucket, accessKeyId, secretAccessKey }: S3Setting): FileStore {
  const client = new S3Client({
    endpoint,
    region,
    credentials: { accessKeyId, secretAccessKey },
    forcePathStyle: true,
    requestHandler: patience,
    requestChecksumCalculation: "WHEN_REQUIRED",
    responseChecksumValidation: "WHEN_REQUIRED",
  });
  const place = (name: string) => ({ Bucket: bucket, Key: name });
  return {
    async put(name, bytes, size) {
      // The client would wait for bytes that no longer come, and leave the error to nobody.
      const broken = new AbortController();
      bytes.once("error", (error) => broken.abort(error));
      const command = new PutObjectCommand({ ...place(name), Body: bytes, ContentLength: size });
      await client.send(command, { abortSignal: broken.signal });
    },
    async get(name, range) {
      const Range = range ? { Range: `bytes=${range.start}-${range.end}` } : {};
      try {
        const { Body } = await client.send(new GetObjectCommand({ ...place(name), ...Range }));
        if (!(Body instanceof Readable)) throw new Error("The store answered without bytes.");
        return Body;
      } catch (error) {
        if (error instanceof NoSuchKey) return null;
        throw error;
      }
    },
    async delete(name) {
      await client.send(new DeleteObjectCommand(place(name)));
    },
  };
}
