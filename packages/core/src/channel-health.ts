/** What is known of a number when its health is judged; null where Meta did not tell. */
export type HealthFacts = {
  readonly token: {
    readonly valid: boolean;
    readonly scopes: readonly string[];
    /** ISO 8601; null for a token that does not end. */
    readonly expiresAt: string | null;
  };
  /** Where Meta sends the account's webhooks: to us, elsewhere, or nowhere. */
  readonly webhooks: "ours" | "elsewhere" | "none";
  readonly number: {
    readonly status: string | null;
    readonly nameStatus: string | null;
    readonly qualityRating: "GREEN" | "YELLOW" | "RED" | "UNKNOWN";
    readonly messagingLimit: string | null;
    readonly isPinEnabled: boolean | null;
  };
  readonly account: {
    readonly reviewStatus: string | null;
    readonly verificationStatus: string | null;
    /** Whether a way to pay is on file; null when Meta did not tell. */
    readonly canPay: boolean | null;
    /** Meta's own verdict on each thing that sends: its kind and what it says is wrong. */
    readonly blocked: readonly {
      readonly entity: string;
      readonly description: string;
      readonly solution: string | null;
    }[];
  };
};

export const healthChecks = ["token", "webhooks", "number", "name", "account", "reach"] as const;
export type HealthCheck = (typeof healthChecks)[number];

/** What each check can find besides `fine`. Without a token that works the others stay `unknown`. */
export const healthFindings = {
  token: ["invalid", "permission_missing", "ends_soon"],
  webhooks: ["unknown", "not_subscribed", "elsewhere"],
  number: ["unknown", "no_pin", "not_registered", "flagged", "blocked"],
  name: ["unknown", "in_review", "declined"],
  account: ["unknown", "blocked", "rejected", "in_review", "no_payment"],
  reach: ["unknown", "low_quality", "medium_quality", "not_verified"],
} as const satisfies Record<HealthCheck, readonly string[]>;

type FindingOf<Check extends HealthCheck> = (typeof healthFindings)[Check][number];
/** A finding with its check: `token.invalid`. */
export type HealthFinding = { [Check in HealthCheck]: `${Check}.${FindingOf<Check>}` }[HealthCheck];

/**
 * One of the six checks. `finding` names what was found, words stand in the catalogues under `health.<check>.<finding>` and,
 * unless it is fine, `health_fix.<check>.<finding>`; `fixer` is who can act on it.
 */
export type HealthView = {
  readonly check: HealthCheck;
  readonly state: "fine" | "unknown" | "warning" | "problem";
  readonly finding: "fine" | FindingOf<HealthCheck>;
  readonly fixer: "nobody" | "admin" | "meta";
  /** Meta's own words, in English, where it gives them. */
  readonly details: string | null;
};

type Verdict<Check extends HealthCheck> = Omit<HealthView, "check" | "finding"> & {
  readonly finding: "fine" | FindingOf<Check>;
};

const fine = { state: "fine", finding: "fine", fixer: "nobody", details: null } as const;
const unknown = { state: "unknown", finding: "unknown", fixer: "nobody", details: null } as const;
const found = <Finding extends string>(
  state: "warning" | "problem",
  finding: Finding,
  fixer: HealthView["fixer"],
  details: string | null = null,
) => ({ state, finding, fixer, details });

/** Meta's permissions without which messages or templates cannot be handled. */
export const neededScopes = ["whatsapp_business_messaging", "whatsapp_business_management"] as const;
/** A token that ends sooner is announced, in days. */
const tokenWarningDays = 14;

/** The six checks of a number, in the order in which they should be mended. */
export function judgeHealth(facts: HealthFacts, now: Date): HealthView[] {
  const { valid } = facts.token;
  const verdicts: { readonly [Check in HealthCheck]: Verdict<Check> } = {
    token: judgeToken(facts.token, now),
    webhooks: valid ? judgeWebhooks(facts.webhooks) : unknown,
    number: valid ? judgeNumber(facts.number) : unknown,
    name: valid ? judgeName(facts.number.nameStatus) : unknown,
    account: valid ? judgeAccount(facts) : unknown,
    reach: valid ? judgeReach(facts) : unknown,
  };
  return healthChecks.map((check) => ({ check, ...verdicts[check] }));
}

function judgeToken({ valid, scopes, expiresAt }: HealthFacts["token"], now: Date): Verdict<"token"> {
  if (!valid) return found("problem", "invalid", "admin");
  const missing = neededScopes.filter((scope) => !scopes.includes(scope));
  if (missing.length > 0) return found("problem", "permission_missing", "admin", missing.join(", "));
  const left = expiresAt === null ? Number.POSITIVE_INFINITY : Date.parse(expiresAt) - now.getTime();
  return left < tokenWarningDays * 86_400_000 ? found("warning", "ends_soon", "admin", expiresAt) : fine;
}

function judgeWebhooks(webhooks: HealthFacts["webhooks"]): Verdict<"webhooks"> {
  return webhooks === "ours" ? fine : found("problem", webhooks === "none" ? "not_subscribed" : "elsewhere", "admin");
}

/** Meta, phone number `status`. */
function judgeNumber({ status, isPinEnabled }: HealthFacts["number"]): Verdict<"number"> {
  switch (status) {
    case "CONNECTED":
    case null:
      return isPinEnabled === false ? found("warning", "no_pin", "admin") : fine;
    case "PENDING":
    case "DISCONNECTED":
    case "UNVERIFIED":
      return found("problem", "not_registered", "admin", status);
    case "FLAGGED":
    case "RATE_LIMITED":
      return found("warning", "flagged", "nobody", status);
    default:
      return found("problem", "blocked", "meta", status);
  }
}

/** Meta, phone number `name_status`. */
function judgeName(nameStatus: string | null): Verdict<"name"> {
  if (nameStatus === null || nameStatus === "APPROVED" || nameStatus === "AVAILABLE_WITHOUT_REVIEW") return fine;
  return nameStatus === "PENDING_REVIEW"
    ? found("warning", "in_review", "meta")
    : found("problem", "declined", "admin", nameStatus);
}

function judgeAccount({ number, account }: HealthFacts): Verdict<"account"> {
  const { reviewStatus, canPay, blocked } = account;
  // What is wrong with the number alone is told by its own check.
  const isNumberFine = judgeNumber(number).state !== "problem";
  const [first] = blocked.filter(({ entity }) => isNumberFine || entity !== "PHONE_NUMBER");
  if (first) {
    const details = [first.description, first.solution].filter(Boolean).join(" ");
    return found("problem", "blocked", "admin", `${first.entity}: ${details}`);
  }
  if (reviewStatus === "REJECTED") return found("problem", "rejected", "meta");
  if (reviewStatus === "PENDING") return found("warning", "in_review", "meta");
  return canPay === false ? found("problem", "no_payment", "admin") : fine;
}

function judgeReach({ number, account }: HealthFacts): Verdict<"reach"> {
  if (number.qualityRating === "RED") return found("problem", "low_quality", "admin");
  if (number.qualityRating === "YELLOW") return found("warning", "medium_quality", "admin");
  if (account.verificationStatus !== null && account.verificationStatus.toLowerCase() !== "verified") {
    return found("warning", "not_verified", "admin", number.messagingLimit);
  }
  return fine;
}
