/** Lengths in characters, and counts (Meta, "Business profiles", "Conversational components" and "QR codes"). */
export const presenceLimits = {
  about: 139,
  address: 256,
  description: 512,
  email: 128,
  websites: 2,
  website: 256,
  prompts: 4,
  prompt: 80,
  commands: 30,
  commandName: 32,
  commandDescription: 256,
  qrMessage: 140,
} as const;

/** Kinds of business, in Meta's words (Cloud API, "Business profiles", `vertical`). */
export const businessKinds = [
  "ALCOHOL",
  "APPAREL",
  "AUTO",
  "BEAUTY",
  "EDU",
  "ENTERTAIN",
  "EVENT_PLAN",
  "FINANCE",
  "GOVT",
  "GROCERY",
  "HEALTH",
  "HOTEL",
  "NONPROFIT",
  "ONLINE_GAMBLING",
  "OTC_DRUGS",
  "OTHER",
  "PHYSICAL_GAMBLING",
  "PROF_SERVICES",
  "RESTAURANT",
  "RETAIL",
  "TRAVEL",
] as const;

export type BusinessKind = (typeof businessKinds)[number];
