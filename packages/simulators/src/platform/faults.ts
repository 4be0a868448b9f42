import { z } from "zod";

/** Which requests a rule meets. Everything left out matches. */
const matchSchema = z.strictObject({
  method: z.string().toUpperCase().optional(),
  /** A regular expression over the path with its query. */
  path: z.string().refine(isRegExp, "not a regular expression").optional(),
  /** A regular expression over the body that is sent: webhooks only, since an API fault strikes before the body is read. */
  body: z.string().refine(isRegExp, "not a regular expression").optional(),
  /** Only from the nth matching request on (1 is the first). */
  nth: z.int().positive().optional(),
  /** How many requests the rule strikes before it is spent; unlimited when left out. */
  times: z.int().positive().optional(),
});

const apiActions = [
  z.strictObject({ kind: z.literal("delay"), ms: z.int().nonnegative() }),
  z.strictObject({ kind: z.literal("delay_answer"), ms: z.int().nonnegative() }),
  z.strictObject({ kind: z.literal("drop_before") }),
  z.strictObject({ kind: z.literal("drop_after") }),
  z.strictObject({
    kind: z.literal("status"),
    status: z.int().min(100).max(599),
    body: z.unknown().optional(),
    headers: z.record(z.string(), z.string()).optional(),
  }),
] as const;

/** What a webhook can say otherwise than usual: things that Meta does, or may begin to do, without notice. */
export const ALTERATIONS = [
  "omit_contacts",
  "contacts_on_failed",
  "unknown_field",
  "unknown_type",
  "unknown_keys",
  "errors_value",
] as const;
export type Alteration = (typeof ALTERATIONS)[number];

const webhookActions = [
  z.strictObject({ kind: z.literal("delay"), ms: z.int().nonnegative() }),
  z.strictObject({ kind: z.literal("duplicate"), copies: z.int().min(1).max(1000).default(1) }),
  z.strictObject({ kind: z.literal("redeliver"), after_ms: z.int().positive() }),
  z.strictObject({ kind: z.literal("reorder") }),
  z.strictObject({ kind: z.literal("hold") }),
  z.strictObject({ kind: z.literal("lose") }),
  z.strictObject({ kind: z.literal("wrong_signature") }),
  z.strictObject({ kind: z.literal("old_signature") }),
  z.strictObject({ kind: z.literal("raw_utf8") }),
  z.strictObject({ kind: z.literal("alter"), how: z.enum(ALTERATIONS) }),
  z.strictObject({ kind: z.literal("batch"), size: z.int().min(2).max(1000) }),
] as const;

const ruleSchema = z.discriminatedUnion("target", [
  z.strictObject({
    target: z.literal("webhook"),
    match: matchSchema.default({}),
    action: z.discriminatedUnion("kind", webhookActions),
  }),
  z.strictObject({
    target: z.literal("api"),
    match: matchSchema.default({}),
    action: z.discriminatedUnion("kind", apiActions),
  }),
]);

/** A fault rule as posted to `/_sim/faults`; `target` is `api` when left out. */
export const faultRuleSchema = z.preprocess(
  (rule) => (typeof rule === "object" && rule !== null && !("target" in rule) ? { ...rule, target: "api" } : rule),
  ruleSchema,
);

export type FaultRule = z.infer<typeof ruleSchema>;
/**
 * `delay`: before anything is applied. `delay_answer`: applied at once, answered late. `drop_before`: the socket is
 * destroyed and nothing is applied. `drop_after`: applied, then the socket is destroyed without an answer. `status`:
 * this answer instead, nothing applied.
 */
export type ApiFault = Extract<FaultRule, { target: "api" }>["action"];
/**
 * `delay`: sent late. `duplicate`: the same bytes again at once, `copies` times; `redeliver`: once more after `after_ms`
 * on the clock. `reorder`: waits until the next one has gone. `hold`: waits until the rule is deleted. `lose`: never
 * sent. `wrong_signature`: signed with a secret of someone else; `old_signature`: with the one before the last change.
 * `raw_utf8`: characters outside ASCII are not escaped. `alter`: says something else. `batch`: collected until `size`
 * updates, or 3 MB, fill one POST.
 */
export type WebhookFault = Extract<FaultRule, { target: "webhook" }>["action"];

/** What is about to happen, for a rule to be compared with. */
export type FaultSubject = { method: string; path: string; body?: string };

type ArmedRule = { id: number; rule: FaultRule; seen: number; struck: number };

/** The fault rules in force. The first rule that matches strikes; order is the order of posting. */
export class Faults {
  #rules: ArmedRule[] = [];
  #lastId = 0;
  #onRemoval: (() => void)[] = [];

  /** Puts a rule in force and returns its id. */
  add(rule: FaultRule): number {
    const id = ++this.#lastId;
    this.#rules.push({ id, rule, seen: 0, struck: 0 });
    return id;
  }

  /** Every rule in force with the number of requests it matched (`seen`) and struck. */
  list(): readonly ({ id: number; seen: number; struck: number } & FaultRule)[] {
    return this.#rules.map(({ id, rule, seen, struck }) => ({ ...rule, id, seen, struck }));
  }

  /** Lifts one rule, or all; false when there is no rule of that id. */
  remove(id?: number): boolean {
    const kept = id === undefined ? [] : this.#rules.filter((armed) => armed.id !== id);
    const found = id === undefined || kept.length < this.#rules.length;
    this.#rules = kept;
    for (const listener of this.#onRemoval) listener();
    return found;
  }

  /** Calls `listener` whenever rules are lifted, so that what they held can go on. */
  onRemoval(listener: () => void): void {
    this.#onRemoval.push(listener);
  }

  /** The fault that strikes this API request, if any; counts it. */
  strikeApi(subject: FaultSubject): ApiFault | undefined {
    for (const armed of this.#rules) {
      if (armed.rule.target === "api" && strikes(armed, subject)) return armed.rule.action;
    }
    return undefined;
  }

  /** The faults that strike this webhook, in the order of posting; counts them. */
  strikeWebhook(subject: FaultSubject): WebhookFault[] {
    const faults: WebhookFault[] = [];
    for (const armed of this.#rules) {
      if (armed.rule.target === "webhook" && strikes(armed, subject)) faults.push(armed.rule.action);
    }
    return faults;
  }
}

function strikes(armed: ArmedRule, subject: FaultSubject): boolean {
  const { match } = armed.rule;
  if (match.method !== undefined && match.method !== subject.method) return false;
  if (match.path !== undefined && !new RegExp(match.path, "u").test(subject.path)) return false;
  if (match.body !== undefined && !new RegExp(match.body, "u").test(subject.body ?? "")) return false;
  armed.seen += 1;
  if (armed.seen < (match.nth ?? 1) || armed.struck >= (match.times ?? Infinity)) return false;
  armed.struck += 1;
  return true;
}

function isRegExp(source: string): boolean {
  try {
    return new RegExp(source, "u") instanceof RegExp;
  } catch {
    return false;
  }
}
