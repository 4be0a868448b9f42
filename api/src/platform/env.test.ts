import { expect, it } from "vitest";
import { publicUrl, readEnv } from "./env.ts";

const complete = {
  DATABASE_URL: "postgres://user:secret-password@127.0.0.1:5432/aparte",
  MASTER_KEY: Buffer.alloc(32, 1).toString("base64"),
  META_APP_ID: "600000000000001",
  META_APP_SECRET: "0123456789abcdef0123456789abcdef",
  META_VERIFY_TOKEN: "a-long-verify-token",
};

it("reads a complete environment with its defaults", () => {
  const env = readEnv({ ...complete, PUBLIC_URL: "", UNRELATED: "x" });
  expect(env).toMatchObject({ PORT: 4100, ROLE: "all", META_GRAPH_VERSION: "v26.0" });
  expect(publicUrl(env)).toBe("http://localhost:4100");
});

it("names all problems at once and repeats no value", () => {
  const broken = {
    ...complete,
    MASTER_KEY: "c2hvcnQ=",
    META_APP_SECRET: "hunter2",
    HUBSPOT_CLIENT_ID: "x",
    DATABASE_URL: "",
  };
  const read = () => readEnv(broken);
  expect(read).toThrow(/DATABASE_URL is missing[^]*MASTER_KEY: must be 32 bytes[^]*META_APP_SECRET:/);
  expect(read).not.toThrow(/hunter2|c2hvcnQ/);
});

it("wants both halves of the HubSpot app or none", () => {
  expect(() => readEnv({ ...complete, HUBSPOT_CLIENT_ID: "x" })).toThrow(/HUBSPOT_CLIENT_SECRET/);
});
