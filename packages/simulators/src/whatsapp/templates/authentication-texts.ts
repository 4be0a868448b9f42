/** The fixed words of a code message in a language; `{n}` is the number of minutes. */
export type CodeTexts = { body: string; security: string; footer: string; button: string; autofill: string };

const ENGLISH: CodeTexts = {
  body: "*{{1}}* is your verification code.",
  security: "For your security, do not share this code.",
  footer: "This code expires in {n} minutes.",
  button: "Copy code",
  autofill: "Autofill",
};

/** Meta writes them in all template languages; these stand for the rest, which get English here. */
const TEXTS: Readonly<Record<string, CodeTexts>> = {
  en: ENGLISH,
  fr: {
    body: "Votre code de vérification est *{{1}}*.",
    security: "Pour votre sécurité, ne le partagez pas.",
    footer: "Ce code expire dans {n} minutes.",
    button: "Copier le code",
    autofill: "Remplir",
  },
  es: {
    body: "Tu código de verificación es *{{1}}*.",
    security: "Por tu seguridad, no lo compartas.",
    footer: "Este código caduca en {n} minutos.",
    button: "Copiar código",
    autofill: "Autocompletar",
  },
  de: {
    body: "*{{1}}* ist dein Verifizierungscode.",
    security: "Teile diesen Code zu deiner Sicherheit nicht mit anderen.",
    footer: "Dieser Code läuft in {n} Minuten ab.",
    button: "Code kopieren",
    autofill: "Ausfüllen",
  },
  pt: {
    body: "Seu código de verificação é *{{1}}*.",
    security: "Para sua segurança, não o compartilhe.",
    footer: "Este código expira em {n} minutos.",
    button: "Copiar código",
    autofill: "Preencher",
  },
};

/** The words for a template language such as `pt_BR`. */
export function codeTexts(language: string): CodeTexts {
  return TEXTS[language.split("_")[0] ?? ""] ?? ENGLISH;
}
