type Ids = { readonly contactId: string };

type Expected = {
  readonly role: "admin";
  readonly input?: (ids: Ids) => Readonly<Record<string, unknown>>;
};

const reason = "asked by letter";
const since = "2026-01-01T00:00:00.000Z";

/** Who may call what of privacy: administrators alone; part of the table in `procedures.test.ts`. */
export const privacyProcedures: Readonly<Record<string, Expected>> = {
  "privacy.find": { role: "admin", input: () => ({ words: "Nobody of this name" }) },
  "privacy.person": { role: "admin", input: ({ contactId }) => ({ contactId }) },
  "privacy.askExport": { role: "admin", input: ({ contactId }) => ({ contactId }) },
  "privacy.exportLink": { role: "admin", input: ({ contactId }) => ({ exportId: contactId }) },
  "privacy.erase": { role: "admin", input: ({ contactId }) => ({ contactId, confirmation: "no such person", reason }) },
  "privacy.keep": {
    role: "admin",
    input: ({ contactId }) => ({ contactId, keeping: "restriction", on: false, reason }),
  },
  "privacy.correct": { role: "admin", input: ({ contactId }) => ({ contactId, reason }) },
  "privacy.readsOf": { role: "admin", input: ({ contactId }) => ({ contactId, since }) },
  "privacy.readsBy": { role: "admin", input: () => ({ colleagueId: "nobody", since }) },
  "privacy.retention": { role: "admin" },
  "privacy.setRetention": { role: "admin", input: () => ({ kind: "media", days: 90 }) },
  "privacy.previewPurge": { role: "admin", input: () => ({ kind: "media", days: 90 }) },
  "privacy.register": { role: "admin", input: () => ({ locale: "en" }) },
};
