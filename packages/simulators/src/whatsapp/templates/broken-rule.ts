import { refuseTemplate } from "../graph/refusal.ts";
import type { Refusal } from "../graph/refusal.ts";

/** Titles by subcode, as Meta shows them to whoever writes templates (error page, "Template creation errors"). */
const TITLES = {
  2388001: "Message template cannot be created",
  2388019: "Message template limit exceeded",
  2388023: "Message template language is being deleted",
  2388024: "Content in this language already exists",
  2388039: "Message template can't be changed",
  2388040: "Character limit exceeded",
  2388043: 'Message template "components" param is missing expected field(s)',
  2388047: "Header format is incorrect",
  2388072: "Body format is incorrect",
  2388073: "Footer format is incorrect",
  2388293: "This template has too many variables for its length",
  2388299: "Variables can't be at the start or end of the template",
} as const;

export type TemplateSubcode = keyof typeof TITLES;

/** The refusal of a template rule: code 100 with the subcode of the rule, its title, and what is wrong. */
export function brokenRule(subcode: TemplateSubcode, message: string): Refusal {
  return refuseTemplate(subcode, TITLES[subcode], message);
}

/** An example that reviewers need is missing: variables, media headers and links with a variable must have one. */
export function missingExample(type: string): Refusal {
  return brokenRule(2388043, `component of type ${type} is missing expected field(s) (example)`);
}
