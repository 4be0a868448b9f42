import { z } from "zod";
import { readStoreSetting } from "./store-setting.ts";

const url = z.url({ protocol: /^https?$/ }).transform((value) => value.replace(/\/+$/, ""));
const port = z.coerce.number().int().min(1).max(65_535);

/** A pair that only makes sense together is checked after the parts. */
const schema = z
  .object({
    DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/ }),
    PORT: port.default(4100),
    PUBLIC_URL: url.optional(),
    ROLE: z.enum(["all", "api", "worker"]).default("all"),
    DATA_DIR: z.string().min(1).default(".aparte"),
    MEDIA_STORE: z
      .string()
      .refine(
        (text) => readStoreSetting(text) !== null,
        "must be s3://ACCESS:SECRET@host[:port]/bucket?region=…&tls=0|1",
      )
      .optional(),
    MASTER_KEY: z.base64().refine((key) => Buffer.from(key, "base64").length === 32, "must be 32 bytes in base64"),
    META_GRAPH_URL: url.default("https://graph.facebook.com"),
    META_GRAPH_VERSION: z
      .string()
      .regex(/^v\d+\.\d+$/)
      .default("v26.0"),
    META_APP_ID: z.string().regex(/^\d+$/),
    META_APP_SECRET: z.string().min(16),
    META_VERIFY_TOKEN: z.string().min(16),
    HUBSPOT_API_URL: url.default("https://api.hubapi.com"),
    HUBSPOT_CLIENT_ID: z.string().min(1).optional(),
    HUBSPOT_CLIENT_SECRET: z.string().min(1).optional(),
    SALESFORCE_LOGIN_URL: url.default("https://login.salesforce.com"),
    SALESFORCE_CLIENT_ID: z.string().min(1).optional(),
    SALESFORCE_CLIENT_SECRET: z.string().min(1).optional(),
    LOG_LEVEL: z.enum(["fatal", "error", "warn", "info", "debug", "trace", "silent"]).default("info"),
  })
  .refine((env) => !env.HUBSPOT_CLIENT_ID === !env.HUBSPOT_CLIENT_SECRET, {
    path: ["HUBSPOT_CLIENT_SECRET"],
    message: "HUBSPOT_CLIENT_ID and HUBSPOT_CLIENT_SECRET belong together: set both or none",
  })
  .refine((env) => !env.SALESFORCE_CLIENT_ID === !env.SALESFORCE_CLIENT_SECRET, {
    path: ["SALESFORCE_CLIENT_SECRET"],
    message: "SALESFORCE_CLIENT_ID and SALESFORCE_CLIENT_SECRET belong together: set both or none",
  });

export type Env = z.infer<typeof schema>;

export class EnvironmentError extends Error {
  override name = "EnvironmentError";
}

/** Reads the environment. All problems are named at once, each with its variable; values are never repeated. */
export function readEnv(source: Readonly<Record<string, string | undefined>>): Env {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== undefined && value !== ""));
  const parsed = schema.safeParse(given);
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => {
    const name = issue.path.join(".");
    return given[name] === undefined ? `${name} is missing` : `${name}: ${issue.message}`;
  });
  throw new EnvironmentError(`The environment is not complete:\n- ${problems.join("\n- ")}`);
}

/** The address that Meta and the CRMs call back: PUBLIC_URL, or this machine. */
export function publicUrl(env: Env): string {
  return env.PUBLIC_URL ?? `http://localhost:${env.PORT}`;
}
