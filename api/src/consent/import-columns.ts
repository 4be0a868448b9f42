import { importFields, type ImportField } from "@aparte/core/consent-import.ts";

/** What people and other programs write above a column, without accents, case and signs. */
const names: Readonly<Record<ImportField, readonly string[]>> = {
  number: [
    "number",
    "phone",
    "phone number",
    "mobile",
    "mobile number",
    "mobile phone",
    "cell",
    "cell phone",
    "msisdn",
    "whatsapp",
    "whatsapp number",
    "tel",
    "telephone",
    "numero",
    "numero de telephone",
    "num tel",
    "portable",
    "telephone portable",
    "numero de portable",
    "numero whatsapp",
    "gsm",
    "wa id",
    "e 164",
    "telephone mobile",
  ],
  purpose: ["purpose", "purposes", "usage", "category", "finalite", "finalites", "objet", "type", "categorie", "but"],
  date: [
    "date",
    "consent date",
    "opt in date",
    "optin date",
    "date of consent",
    "consented at",
    "opted in at",
    "consent timestamp",
    "timestamp",
    "date du consentement",
    "date consentement",
    "date de consentement",
    "date d accord",
    "horodatage",
    "opt out date",
    "opted out at",
    "unsubscribed at",
    "date de desinscription",
    "since",
    "depuis",
  ],
  method: [
    "method",
    "how",
    "consent method",
    "collection method",
    "channel of consent",
    "methode",
    "moyen",
    "mode",
    "mode de recueil",
    "methode de recueil",
    "recueil",
    "comment",
  ],
  wording: [
    "wording",
    "words",
    "words shown",
    "text",
    "consent text",
    "consent wording",
    "wording id",
    "texte",
    "texte affiche",
    "libelle",
    "mots",
    "mots affiches",
    "formulation",
    "texte du consentement",
    "mention",
  ],
  source: [
    "source",
    "form",
    "form url",
    "url",
    "page",
    "file",
    "origin",
    "proof",
    "evidence",
    "formulaire",
    "url du formulaire",
    "origine",
    "fichier",
    "preuve",
    "lien",
  ],
  language: ["language", "lang", "locale", "langue"],
  channel: [
    "channel",
    "sender",
    "our number",
    "business number",
    "from number",
    "canal",
    "expediteur",
    "notre numero",
    "numero emetteur",
    "number scope",
  ],
};

const fieldOf = new Map(importFields.flatMap((field) => names[field].map((name) => [name, field] as const)));

/** Which column means what, by the words above them; the first of several wins. */
export function recogniseColumns(header: readonly string[]): Partial<Record<ImportField, { readonly column: number }>> {
  const found: Partial<Record<ImportField, { readonly column: number }>> = {};
  for (const [column, name] of header.entries()) {
    const field = fieldOf.get(plain(name));
    if (field) found[field] ??= { column };
  }
  return found;
}

/** "  Numéro_de téléphone* " → "numero de telephone". */
export function plain(text: string): string {
  return text
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}
