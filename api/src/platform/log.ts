import { pino, type Logger } from "pino";

export type Log = Logger;

/**
 * Structured logs on standard output. Callers pass ids and codes, never text, numbers or tokens; as a second line of
 * defence anything that looks like a phone number, a wamid, a bearer token or a JWT is masked on its way out.
 */
export function createLog(level: string, write: (line: string) => void = (line) => process.stdout.write(line)): Log {
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, { write: (line) => write(mask(line)) });
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
