import { ORG_ID, ORG_NAME } from "../identity.ts";
import { to18 } from "../record-id.ts";
import { TASK_STATUSES } from "../schema/activity.ts";
import {
  COMPANY_RECORD_TYPE_ID,
  DEMO_ADMIN_ID,
  DEMO_INTEGRATION_ID,
  DEMO_MANAGER_ID,
  DEMO_REP_ID,
  PERSON_RECORD_TYPE_ID,
} from "./demo-ids.ts";
import type { DemoRecord } from "./demo-record.ts";

const BERLIN = { TimeZoneSidKey: "Europe/Berlin", LocaleSidKey: "en_IE_EURO", LanguageLocaleKey: "en_US" };

/** The people who work in this org have the addresses of the demo people. */
const USERS: readonly DemoRecord[] = [
  { id: DEMO_ADMIN_ID, email: "admin@demo.test", first: "Nadia", last: "Berger" },
  { id: DEMO_MANAGER_ID, email: "manager@demo.test", first: "Tomás", last: "Oliveira" },
  { id: DEMO_REP_ID, email: "rep@demo.test", first: "Clara", last: "Weiss" },
  { id: DEMO_INTEGRATION_ID, email: "integration@demo.test", first: "Aparté", last: "Integration" },
].map(({ id, email, first, last }) => ({
  object: "User",
  id,
  values: {
    ...BERLIN,
    Username: email,
    Email: email,
    FirstName: first,
    LastName: last,
    Alias: first.slice(0, 1).toLowerCase() + last.slice(0, 4).toLowerCase(),
    IsActive: true,
    UserType: "Standard",
  },
}));

const ACCOUNT_KINDS: readonly DemoRecord[] = [
  { id: COMPANY_RECORD_TYPE_ID, name: "Business Account", isPerson: false },
  { id: PERSON_RECORD_TYPE_ID, name: "Person Account", isPerson: true },
].map(({ id, name, isPerson }) => ({
  object: "RecordType",
  id,
  values: { Name: name, DeveloperName: name.replaceAll(" ", ""), SobjectType: "Account", IsPersonType: isPerson },
}));

const STATUSES: readonly DemoRecord[] = TASK_STATUSES.map(({ name, closed = false }, index) => ({
  object: "TaskStatus",
  id: to18(`01JgK0000000Ts${index}`),
  values: { MasterLabel: name, ApiName: name, SortOrder: index + 1, IsDefault: index === 0, IsClosed: closed },
}));

const ORGANIZATION: DemoRecord = {
  object: "Organization",
  id: ORG_ID,
  values: {
    Name: ORG_NAME,
    InstanceName: "DEU84",
    IsSandbox: false,
    OrganizationType: "Enterprise Edition",
    LanguageLocaleKey: "en_US",
    TimeZoneSidKey: "Europe/Berlin",
    DefaultLocaleSidKey: "en_IE_EURO",
  },
};

/** What an administrator has set up before the first customer: the people, the kinds of account, the statuses. */
export const DEMO_SETUP: readonly DemoRecord[] = [...USERS, ORGANIZATION, ...ACCOUNT_KINDS, ...STATUSES];
