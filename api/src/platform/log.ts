import { pino, type Logger, type LoggerOptions } from "pino";

export type Log = Logger;

/**
 * Structured logs on standard output. Callers pass ids and codes, never text, numbers or tokens; as a second line of
 * defence anything that looks like a phone number, a wamid, a bearer token or a JWT is masked on its way out.
 */
export function createLog(level: string, write: (line: string) => void = (line) => process.stdout.write(line)): Log {
  const options: LoggerOptions = {
    level,
    base: null,
    timestamp: pino.stdTimeFunctions.isoTime,
    serializers: { err: describeError },
    // Without a message pino would take the error's own, unread by the serializer.
    hooks: { logMethod: (args, method) => method.apply(log, args.length === 1 ? [args[0], "an error"] : args) },
  };
  const log = pino(options, { write: (line) => write(mask(line)) });
  return log;
}

type ErrorDescription = {
  readonly type: string;
  readonly message: string;
  readonly at: readonly string[];
  readonly cause?: ErrorDescription;
};

/**
 * What went wrong and where, without what it went wrong with: a database error quotes the statement's parameters, which
 * are what people wrote, so of such an error only the SQLSTATE and the names of table and constraint are kept.
 */
function describeError(error: unknown): ErrorDescription {
  if (!(error instanceof Error))
    return { type: typeof error, message: "something that is no error was thrown", at: [] };
  const at = (error.stack ?? "")
    .split("\n")
    .filter((line) => /^ {4}at .+(:\d+:\d+|<anonymous>|index \d+)\)?$/.test(line))
    .map((line) => line.trim());
  return {
    type: error.name,
    message: safeMessage(error),
    at,
    ...(error.cause === undefined ? {} : { cause: describeError(error.cause) }),
  };
}

function safeMessage(error: Error): string {
  if ("query" in error && "params" in error) return "a statement failed";
  // Whoever wraps an error likes to repeat its message.
  if (error.cause instanceof Error && error.message.includes(error.cause.message)) return "for the reason below";
  if (error.name !== "PostgresError") return error.message;
  const {
    code,
    table_name: table,
    constraint_name: constraint,
  } = error as { code?: string; table_name?: string; constraint_name?: string };
  return ["SQLSTATE", code, table, constraint].filter(Boolean).join(" ");
}

const secrets: readonly [RegExp, string][] = [
  [/wamid\.[A-Za-z0-9+/=_-]+/g, "wamid.•••"],
  [/\bEAA[A-Za-z0-9]{8,}/g, "EAA•••"],
  [/\beyJ[A-Za-z0-9_-]+\.[A-Za-z0-9_-]+\.[A-Za-z0-9_-]*/g, "jwt•••"],
  [/Bearer [^\s"]+/g, "Bearer •••"],
  [/\+\d[\d ().-]{6,18}\d/g, "+•••"],
];

/** Exported for its test: the same text without what identifies a person or opens a door. */
export function mask(line: string): string {
  return secrets.reduce((text, [pattern, replacement]) => text.replaceAll(pattern, replacement), line);
}
