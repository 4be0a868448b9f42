/** What a business has set up on a number, and how far its papers are; times in ms. */
export type NumberSetup = {
  createdAt: number;
  /** When it was last registered. */
  onboardedAt: number | undefined;
  verification: "VERIFIED" | "NOT_VERIFIED" | "EXPIRED";
  code: CodeRequest | undefined;
  /** Wrong PINs of the last 24 hours. */
  pinFailures: number[];
  /** Where its data are kept, if not where Meta wants. */
  localization: string | undefined;
  /** A display name under review, or refused. */
  newName: { name: string; status: "PENDING_REVIEW" | "DECLINED" } | undefined;
  searchVisibility: "VISIBLE" | "NON_VISIBLE";
  /** `settings` as they were set, by their names. */
  settings: {
    calling: Record<string, unknown>;
    payload_encryption: Record<string, unknown>;
    storage: Record<string, unknown>;
  };
  /** The key with which flows encrypt what they send, in PEM. */
  publicKey: string | undefined;
  qrCodes: Map<string, QrCode>;
  automation: Automation;
  /** People whom the business has blocked, by digits: since when. */
  blockedUsers: Map<string, number>;
  official: { status: "PENDING" | "APPROVED" | "REJECTED" | "CANCELLED"; message: string } | undefined;
  compliance: Record<string, unknown> | undefined;
  commerce: { id: string; is_cart_enabled: boolean; is_catalog_visible: boolean };
  username: { name: string; status: "approved" | "reserved" } | undefined;
};

/** A number of which nothing is set up yet. Seeded numbers were verified long ago. */
export function newSetup(id: string, now: number, verification: NumberSetup["verification"]): NumberSetup {
  return {
    createdAt: now,
    onboardedAt: undefined,
    verification,
    code: undefined,
    pinFailures: [],
    localization: undefined,
    newName: undefined,
    searchVisibility: "VISIBLE",
    settings: { calling: {}, payload_encryption: {}, storage: {} },
    publicKey: undefined,
    qrCodes: new Map(),
    automation: { enable_welcome_message: false, prompts: [], commands: [] },
    blockedUsers: new Map(),
    official: undefined,
    compliance: undefined,
    commerce: { id: `3${id}`, is_cart_enabled: true, is_catalog_visible: false },
    username: undefined,
  };
}

/** A command that people can type after a slash. */
export type Command = { command_name: string; command_description: string };

/** What people see in an empty chat: prompts to tap, commands to type. */
export type Automation = { enable_welcome_message: boolean; prompts: string[]; commands: Command[] };

/** A code that was sent to a number by text or call, to show that it is one's own. Times in ms. */
export type CodeRequest = { code: string; sentAt: number; sent: number[] };

/** Something that is verified by a code: a number of an account, or one that a partner verifies before it has one. */
export type Verified = {
  id: string;
  verification: "VERIFIED" | "NOT_VERIFIED" | "EXPIRED";
  code: CodeRequest | undefined;
};

/** A QR code with its short link, and the pictures made of it so far; when it was made, in ms. */
export type QrCode = { code: string; prefilledMessage: string; createdAt: number; pictures: Map<QrFormat, string> };

export type QrFormat = "SVG" | "PNG";
