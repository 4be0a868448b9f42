import { randomUUID } from "node:crypto";

type Ids = { readonly contactId: string; readonly channelId: string };
type Expected = {
  readonly role: "rep" | "manager" | "admin";
  readonly input?: (ids: Ids) => Readonly<Record<string, unknown>>;
};

const person = ({ contactId }: Ids) => ({ contactId });
const texts = { title: null, intro: null, marketing: null, utility: null, authentication: null, goodbye: "Bye" };

/** Who may call what of the preference page and of join links, with an input of the right shape; part of the table in `procedures.test.ts`. */
export const preferenceProcedures: Readonly<Record<string, Expected>> = {
  "consent.preferencePage": { role: "rep" },
  "consent.preferenceLink": { role: "rep", input: person },
  "consent.revokePreferenceLinks": { role: "manager", input: person },
  "consent.preferenceTexts": { role: "manager" },
  "consent.previewPreferences": { role: "manager", input: () => ({ language: "en", texts, after: true }) },
  "consent.savePreferenceTexts": { role: "admin", input: () => ({ language: "fr", texts }) },
  "consent.joins": { role: "manager" },
  "consent.makeJoin": {
    role: "manager",
    input: ({ channelId }) => ({
      id: randomUUID(),
      channelId,
      purposes: ["marketing"],
      thisNumberOnly: false,
      language: "en",
      words: "Yes, I would like to receive offers.",
      source: "Trade fair",
      thanks: null,
      days: null,
    }),
  },
  "consent.join": {
    role: "rep",
    input: ({ contactId, channelId }) => ({ contactId, channelId, purposes: ["marketing"], language: "en" }),
  },
  "consent.endJoin": { role: "manager", input: () => ({ id: randomUUID() }) },
};
