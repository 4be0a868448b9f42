import type { CodeRequest, Verified } from "../numbers/setup.ts";

/** Two apps that serve the same businesses together ("multi-partner solution"); times in ms. */
export type Solution = {
  kind: "solution";
  id: string;
  appId: string;
  partnerAppId: string;
  name: string;
  status: "DRAFT" | "INITIATED" | "ACTIVE" | "REJECTED" | "DEACTIVATED";
  pending: "PENDING_ACTIVATION" | "PENDING_DEACTIVATION" | "NONE";
  ownerPermissions: string[];
  partnerPermissions: string[];
};

/** A number that a partner verifies before an account has it. */
export type PreverifiedNumber = Verified & {
  kind: "preverified_number";
  businessId: string;
  /** With `+` and digits. */
  phoneNumber: string;
  code: CodeRequest | undefined;
  createdAt: number;
  /** Portfolios that may use it as well. */
  partners: string[];
};

/** The wish to move an account to another solution. */
export type MigrationIntent = {
  kind: "migration_intent";
  id: string;
  accountId: string;
  solutionId: string;
  targetId: string | undefined;
  status: "INITIATED" | "ACCEPTED" | "COMPLETED" | "REJECTED";
};

/** The wish to move an account that is managed on behalf of its business. */
export type MobilityIntent = {
  kind: "mobility_intent";
  id: string;
  accountId: string;
  solutionId: string;
  status: "PENDING" | "ACTIVE" | "COMPLETED" | "CANCELLED" | "FAILED";
  createdAt: number;
  updatedAt: number;
};

/** Objects of partners and accounts that no message needs; by their kinds. */
export type PlatformNode = Solution | PreverifiedNumber | MigrationIntent | MobilityIntent;
export type NodeKind = PlatformNode["kind"];
