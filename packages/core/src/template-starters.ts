import { defaultAuthentication, emptyDefinition, type TemplateDefinition } from "./template-definition.ts";
import type { TemplateCategory } from "./template.ts";

/** What people write templates for, most common first. */
export const starterPurposes = [
  "quote_ready",
  "appointment",
  "order_update",
  "payment_due",
  "document_missing",
  "feedback",
  "first_contact",
  "event",
  "news",
  "sign_in_code",
] as const;
export type StarterPurpose = (typeof starterPurposes)[number];

/** A text to start from: lint-clean, in one language, to be made one's own. */
export type TemplateStarter = { readonly purpose: StarterPurpose; readonly definition: TemplateDefinition };

type Words = Pick<TemplateDefinition, "body" | "samples"> & Partial<Pick<TemplateDefinition, "footer" | "buttons">>;

const stop = {
  en: "Reply STOP to opt out",
  fr: "Répondez STOP pour ne plus rien recevoir",
} as const;
type StarterLanguage = keyof typeof stop;

const link = "https://www.example.com/{{1}}";
const reply = (text: string) => ({ type: "quick_reply", text }) as const;
const url = (text: string) => ({ type: "url", text, url: link }) as const;

const texts: Readonly<
  Record<
    Exclude<StarterPurpose, "sign_in_code">,
    { readonly category: TemplateCategory } & Readonly<Record<StarterLanguage, Words>>
  >
> = {
  quote_ready: {
    category: "UTILITY",
    en: {
      body: "Hello {{first_name}}, the quote {{quote_number}} that you asked us for is ready. It is valid until {{date}}, and we are glad to answer your questions here.",
      buttons: [url("Open the quote"), reply("I have a question")],
      samples: {
        "body.first_name": "Ana",
        "body.quote_number": "Q-2045",
        "body.date": "30 June",
        "button0.1": "q/2045",
      },
    },
    fr: {
      body: "Bonjour {{first_name}}, le devis {{quote_number}} que vous nous avez demandé est prêt. Il est valable jusqu’au {{date}}, et nous répondons volontiers à vos questions ici.",
      buttons: [url("Ouvrir le devis"), reply("J’ai une question")],
      samples: {
        "body.first_name": "Zoé",
        "body.quote_number": "D-2045",
        "body.date": "30 juin",
        "button0.1": "d/2045",
      },
    },
  },
  appointment: {
    category: "UTILITY",
    en: {
      body: "Hello {{first_name}}, this is a reminder of your appointment on {{date}} at {{time}}. Please tell us here if you cannot come.",
      buttons: [reply("I will be there"), reply("Another day, please")],
      samples: { "body.first_name": "Ana", "body.date": "Monday 3 June", "body.time": "10:00" },
    },
    fr: {
      body: "Bonjour {{first_name}}, nous vous rappelons votre rendez-vous du {{date}} à {{time}}. Merci de nous prévenir ici si vous ne pouvez pas venir.",
      buttons: [reply("Je serai là"), reply("Un autre jour, merci")],
      samples: { "body.first_name": "Zoé", "body.date": "lundi 3 juin", "body.time": "10 h" },
    },
  },
  order_update: {
    category: "UTILITY",
    en: {
      body: "Hello {{first_name}}, your order {{order_number}} has left our warehouse and should reach you on {{date}} during the day.",
      buttons: [url("Follow the parcel")],
      samples: {
        "body.first_name": "Ana",
        "body.order_number": "A-1042",
        "body.date": "Tuesday",
        "button0.1": "t/1042",
      },
    },
    fr: {
      body: "Bonjour {{first_name}}, votre commande {{order_number}} a quitté notre entrepôt et devrait vous parvenir {{date}} dans la journée.",
      buttons: [url("Suivre le colis")],
      samples: { "body.first_name": "Zoé", "body.order_number": "A-1042", "body.date": "mardi", "button0.1": "t/1042" },
    },
  },
  payment_due: {
    category: "UTILITY",
    en: {
      body: "Hello {{first_name}}, the invoice {{invoice_number}} of {{amount}} was due on {{date}} and we have not received the payment yet. If it is on its way already, please ignore this message.",
      buttons: [url("See the invoice"), reply("It is paid")],
      samples: {
        "body.first_name": "Ana",
        "body.invoice_number": "2026-118",
        "body.amount": "€240",
        "body.date": "15 May",
        "button0.1": "i/118",
      },
    },
    fr: {
      body: "Bonjour {{first_name}}, la facture {{invoice_number}} de {{amount}} était à régler le {{date}} et nous n’avons pas encore reçu le paiement. S’il est déjà en route, merci d’ignorer ce message.",
      buttons: [url("Voir la facture"), reply("C’est réglé")],
      samples: {
        "body.first_name": "Zoé",
        "body.invoice_number": "2026-118",
        "body.amount": "240 €",
        "body.date": "15 mai",
        "button0.1": "f/118",
      },
    },
  },
  document_missing: {
    category: "UTILITY",
    en: {
      body: "Hello {{first_name}}, to go on with your request {{request_number}} we still need this document: {{document}}. You can send it as an answer to this message.",
      samples: { "body.first_name": "Ana", "body.request_number": "R-77", "body.document": "signed contract" },
    },
    fr: {
      body: "Bonjour {{first_name}}, pour avancer dans votre demande {{request_number}}, il nous manque encore ce document : {{document}}. Vous pouvez l’envoyer en réponse à ce message.",
      samples: { "body.first_name": "Zoé", "body.request_number": "R-77", "body.document": "contrat signé" },
    },
  },
  feedback: {
    category: "UTILITY",
    en: {
      body: "Hello {{first_name}}, we closed your request {{request_number}} today. Was everything as you expected it to be?",
      buttons: [reply("Yes, thank you"), reply("Not quite")],
      samples: { "body.first_name": "Ana", "body.request_number": "R-77" },
    },
    fr: {
      body: "Bonjour {{first_name}}, nous avons clos votre demande {{request_number}} aujourd’hui. Tout s’est-il passé comme vous l’attendiez ?",
      buttons: [reply("Oui, merci"), reply("Pas tout à fait")],
      samples: { "body.first_name": "Zoé", "body.request_number": "R-77" },
    },
  },
  first_contact: {
    category: "MARKETING",
    en: {
      body: "Hello {{first_name}}, this is {{sender_name}}. You asked us to tell you about our work. When would be a good moment for a short call?",
      footer: stop.en,
      buttons: [reply("This week"), reply("Write to me here")],
      samples: { "body.first_name": "Ana", "body.sender_name": "Max from Acme" },
    },
    fr: {
      body: "Bonjour {{first_name}}, ici {{sender_name}}. Vous avez souhaité en savoir plus sur notre travail. Quel serait un bon moment pour un court appel ?",
      footer: stop.fr,
      buttons: [reply("Cette semaine"), reply("Écrivez-moi ici")],
      samples: { "body.first_name": "Zoé", "body.sender_name": "Max, de la société Acme" },
    },
  },
  event: {
    category: "MARKETING",
    en: {
      body: "Hello {{first_name}}, we would be glad to see you at {{event_name}} on {{date}}. Places are limited, so please tell us if you are coming.",
      footer: stop.en,
      buttons: [reply("I am coming"), reply("Not this time")],
      samples: { "body.first_name": "Ana", "body.event_name": "our open day", "body.date": "12 September" },
    },
    fr: {
      body: "Bonjour {{first_name}}, nous serions heureux de vous voir à {{event_name}} le {{date}}. Les places sont limitées : dites-nous si vous venez.",
      footer: stop.fr,
      buttons: [reply("Je viens"), reply("Pas cette fois")],
      samples: {
        "body.first_name": "Zoé",
        "body.event_name": "notre journée portes ouvertes",
        "body.date": "12 septembre",
      },
    },
  },
  news: {
    category: "MARKETING",
    en: {
      body: "Hello {{first_name}}, here is what is new with us this month: {{news}}. Have a look and tell us what you think of it.",
      footer: stop.en,
      buttons: [url("Have a look")],
      samples: { "body.first_name": "Ana", "body.news": "our autumn collection has arrived", "button0.1": "autumn" },
    },
    fr: {
      body: "Bonjour {{first_name}}, voici nos nouvelles du mois : {{news}}. Jetez-y un œil et dites-nous ce que vous en pensez.",
      footer: stop.fr,
      buttons: [url("Jeter un œil")],
      samples: {
        "body.first_name": "Zoé",
        "body.news": "notre collection d’automne est arrivée",
        "button0.1": "automne",
      },
    },
  },
};

/** The texts of one language, English where there is no other, by purpose. */
export function templateStarters(language: string): TemplateStarter[] {
  const own: StarterLanguage = language.startsWith("fr") ? "fr" : "en";
  return starterPurposes.map((purpose) => ({ purpose, definition: starterOf(purpose, own) }));
}

function starterOf(purpose: StarterPurpose, language: StarterLanguage): TemplateDefinition {
  const head = { ...emptyDefinition, name: purpose, language };
  if (purpose === "sign_in_code") {
    return {
      ...head,
      category: "AUTHENTICATION",
      parameterFormat: "POSITIONAL",
      authentication: defaultAuthentication,
    };
  }
  const { category, [language]: words } = texts[purpose];
  return { ...head, category, ...words };
}
