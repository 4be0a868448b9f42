/** Pages of Meta's where an administrator goes on: WhatsApp Manager, and the verification of the business. */
export const metaPages = {
  manager: (wabaId: string) =>
    `https://business.facebook.com/wa/manage/home/?${new URLSearchParams({ waba_id: wabaId })}`,
  verification: (_wabaId: string) => "https://business.facebook.com/settings/security",
} as const;

export type MetaPage = keyof typeof metaPages;
