import { accountRule } from "./account-rule.ts";
import { eventRule, taskRule } from "./activity-rules.ts";
import { caseRule } from "./case-rule.ts";
import { contentVersionRule } from "./content-rule.ts";
import { contactRoleRule, opportunityRule } from "./opportunity-rules.ts";
import { contactRule, leadRule, personRule } from "./person-rules.ts";
import { fieldPermissionsRule, permissionSetAssignmentRule } from "./permission-rules.ts";
import type { Rule } from "./rule.ts";
import { numbered } from "./numbering.ts";

/** What happens by itself when a record of these objects is saved. */
export const RULES: Readonly<Record<string, Rule>> = {
  Account: accountRule,
  Contact: contactRule,
  Lead: leadRule,
  Individual: personRule,
  User: personRule,
  Opportunity: opportunityRule,
  OpportunityContactRole: contactRoleRule,
  Case: caseRule,
  Task: taskRule,
  Event: eventRule,
  FieldPermissions: fieldPermissionsRule,
  PermissionSetAssignment: permissionSetAssignmentRule,
  ContentVersion: contentVersionRule,
  WA_Conversation__c: { derive: numbered("Name", "WAC-") },
  WA_Message__c: { derive: numbered("Name", "WAM-") },
};
