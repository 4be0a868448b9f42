import type { TemplateDefinition } from "./template-definition.ts";
import type { EditAllowance } from "./template-edits.ts";
import type { TemplateCategory, TemplateView } from "./template.ts";

/**
 * Where a version is: being written; on its way to Meta, its answer not known yet; being reviewed; and what the review
 * said.
 */
export const versionStates = ["draft", "sending", "in_review", "approved", "rejected"] as const;
export type VersionState = (typeof versionStates)[number];

/** One text of a template as somebody wrote it. Handed in, it never changes again. */
export type TemplateVersion = {
  readonly id: string;
  /** The template that it made or changed; null for a draft of a new one. */
  readonly templateId: string | null;
  readonly definition: TemplateDefinition;
  readonly state: VersionState;
  /** Why it was rejected: Meta's code, and its advice where it gives one. */
  readonly reason: string | null;
  readonly recommendation: string | null;
  /** Id of the member who wrote it last. */
  readonly author: string;
  /** ISO 8601, also below. */
  readonly savedAt: string;
  readonly submittedAt: string | null;
  readonly decidedAt: string | null;
};

export const templateQualities = ["GREEN", "YELLOW", "RED", "UNKNOWN"] as const;

/** A template with what only those who look after it need. */
export type ListedTemplate = TemplateView & {
  /** Meta's rating by what people did with it in the last days. */
  readonly quality: (typeof templateQualities)[number];
  /** What Meta advises after a rejection or a pause, in its own words. */
  readonly recommendation: string | null;
  /** The category that Meta announced, and from when it counts (ISO 8601): a day after the announcement. */
  readonly nextCategory: { readonly category: TemplateCategory; readonly from: string } | null;
};

/** What an editor needs to change a template. */
export type EditableTemplate = { readonly definition: TemplateDefinition; readonly allowance: EditAllowance };
