type Ids = {
  readonly contactId: string;
  readonly connectionId: string;
  /** Of a HubSpot portal and a contact in it. */
  readonly account: string;
  readonly recordId: string;
};

type Expected = {
  readonly role: "rep" | "manager" | "admin";
  readonly input?: (ids: Ids) => Readonly<Record<string, unknown>>;
};

/** Who may call what of the CRM, with an input of the right shape; part of the table in `procedures.test.ts`. */
export const crmProcedures: Readonly<Record<string, Expected>> = {
  "crm.connections": { role: "rep" },
  "crm.connectUrl": { role: "admin", input: () => ({ crm: "hubspot" }) },
  "crm.disconnect": { role: "admin", input: ({ connectionId }) => ({ connectionId }) },
  "crm.openRecord": {
    role: "rep",
    input: ({ account, recordId }) => ({ ref: { crm: "hubspot", account, type: "contact", id: recordId } }),
  },
  "crm.openNumber": { role: "rep", input: () => ({ e164: "+33698765432" }) },
  "crm.search": { role: "rep", input: () => ({ words: "Nobody of this name" }) },
  "crm.match": {
    role: "rep",
    input: ({ account, recordId }) => ({
      ref: { crm: "hubspot", account, type: "contact", id: recordId },
      number: "+33698765432",
      verdict: "not_theirs",
    }),
  },
  "crm.thread": {
    role: "rep",
    input: ({ account, recordId }) => ({ ref: { crm: "hubspot", account, type: "contact", id: recordId } }),
  },
  "crm.setMirror": { role: "admin", input: ({ connectionId }) => ({ connectionId, on: false }) },
  "crm.erasures": { role: "admin" },
  "crm.confirmErasure": {
    role: "admin",
    input: ({ account, recordId, connectionId }) => ({
      connectionId,
      ref: { crm: "hubspot", account, type: "contact", id: recordId },
    }),
  },
  "crm.settings": { role: "manager" },
  "crm.saveSettings": {
    role: "admin",
    input: ({ connectionId }) => ({
      connectionId,
      settings: { logging: "session", consentEntries: true, company: "primary", deals: "opened", tickets: "opened" },
    }),
  },
  "crm.testRules": {
    role: "manager",
    input: ({ account, recordId, connectionId }) => ({
      connectionId,
      ref: { crm: "hubspot", account, type: "contact", id: recordId },
    }),
  },
  "crm.health": { role: "manager" },
  "crm.repair": { role: "rep", input: ({ connectionId }) => ({ connectionId }) },
  "crm.checkDrift": { role: "manager", input: ({ connectionId }) => ({ connectionId }) },
  "crm.signals": { role: "rep", input: ({ contactId }) => ({ contactId }) },
  "crm.sync": { role: "rep", input: ({ contactId }) => ({ contactId }) },
};
