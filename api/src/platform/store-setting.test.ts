import { expect, it } from "vitest";
import { readStoreSetting } from "./store-setting.ts";

it("reads a store with everything said, and with what goes without saying", () => {
  expect(readStoreSetting("s3://AKIA:se%2Fcret@minio.local:9000/aparte-files?region=eu-west-3&tls=0")).toEqual({
    endpoint: "http://minio.local:9000",
    region: "eu-west-3",
    bucket: "aparte-files",
    accessKeyId: "AKIA",
    secretAccessKey: "se/cret",
  });
  expect(readStoreSetting("s3://key:secret@s3.example.com/files")).toMatchObject({
    endpoint: "https://s3.example.com",
    region: "us-east-1",
  });
});

it.each([
  "https://key:secret@s3.example.com/files",
  "s3://s3.example.com/files",
  "s3://key@s3.example.com/files",
  "s3://key:secret@s3.example.com/",
  "s3://key:secret@s3.example.com/files/below",
  "s3://key:secret@s3.example.com/files?tls=yes",
  "s3://key:secret@s3.example.com/files?regoin=eu-west-3",
  "s3://key:se%ZZcret@s3.example.com/files",
  "not an address",
])("refuses %s", (text) => expect(readStoreSetting(text)).toBeNull());
