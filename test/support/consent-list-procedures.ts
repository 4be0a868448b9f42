import type { Role } from "@aparte/core/roles.ts";
import { randomUUID } from "node:crypto";

type Expected = {
  readonly role: Role;
  readonly input?: (ids: { readonly contactId: string }) => Readonly<Record<string, unknown>>;
};

const filter = { search: "", purpose: null, method: null, channelId: null, from: null, to: null };
const one = () => ({ id: randomUUID() });

/** Who may call what of the ledger, its lists and imports, with an input of the right shape; part of the table in `procedures.test.ts`. */
export const consentListProcedures: Readonly<Record<string, Expected>> = {
  "consent.stateAt": {
    role: "rep",
    input: ({ contactId }) => ({ contactId, channelId: null, at: "2026-01-02T03:04:05Z" }),
  },
  "consent.person": { role: "manager", input: ({ contactId }) => ({ contactId }) },
  "consent.undo": { role: "rep", input: () => ({ entryIds: [randomUUID()] }) },
  "consent.verify": { role: "admin" },
  "consent.reviews": { role: "rep", input: () => ({ state: "open", after: null, limit: 20 }) },
  "consent.resolveReview": { role: "rep", input: () => ({ id: randomUUID(), verdict: "not_a_stop" }) },
  "consent.optOuts": { role: "manager", input: () => ({ filter, after: null }) },
  "consent.export": {
    role: "admin",
    input: () => ({ list: "opt_outs", importId: null, variant: "machine", language: "en" }),
  },
  "consent.imports": { role: "admin", input: () => ({ kind: "consents" }) },
  "consent.import": { role: "admin", input: one },
  "consent.mapImport": {
    role: "admin",
    input: () => ({ ...one(), mapping: { fields: {}, country: null, dateOrder: "day_first" } }),
  },
  "consent.startImport": {
    role: "admin",
    input: () => ({ ...one(), declaration: "I declare that these people agreed to it." }),
  },
  "consent.undoImport": { role: "admin", input: one },
  "consent.discardImport": { role: "admin", input: one },
};
