import type { TemplateComponent, TemplateSeed } from "./model.ts";

type Draft = Omit<TemplateSeed, "id">;

/** The name that the drafts below carry and that each business replaces by its own. */
const SAMPLE_BUSINESS = "Maison Lumen";

/** The library of a business at work: every status, both kinds of variables, four languages. Ids begin with `prefix`. */
export function templateLibrary(prefix: string, business: string): TemplateSeed[] {
  const drafts = [...QUOTES, ...ORDERS, ...MARKETING, ...CODES, ...NOT_SENDABLE, ...EVERYWHERE];
  const text = JSON.stringify(drafts).replaceAll(SAMPLE_BUSINESS, business);
  return (JSON.parse(text) as Draft[]).map((draft, index) => ({
    ...draft,
    id: `${prefix}${40_718_835_201_900 + index * 37}`,
  }));
}

const utility = { category: "UTILITY", status: "APPROVED" } as const;
const marketing = { category: "MARKETING", status: "APPROVED" } as const;

/** What Meta puts into every new account, to be sent by its "getting started" page. */
const EVERYWHERE: Draft[] = [
  {
    ...utility,
    name: "hello_world",
    language: "en_US",
    parameter_format: "POSITIONAL",
    components: [
      { type: "HEADER", format: "TEXT", text: "Hello World" },
      body(
        "Welcome and congratulations!! This message demonstrates your ability to send a WhatsApp message notification " +
          "from the Cloud API, hosted by Meta. Thank you for taking the time to test with us.",
        [],
      ),
      { type: "FOOTER", text: "WhatsApp Business Platform sample message" },
    ],
  },
];

const QUOTES: Draft[] = [
  {
    ...utility,
    name: "quote_ready",
    language: "en_US",
    parameter_format: "NAMED",
    components: [
      body("Hello {{first_name}}, your quote {{quote_number}} is ready. Tell us here if anything should change.", {
        first_name: "Ana",
        quote_number: "Q-2041",
      }),
      { type: "FOOTER", text: "Maison Lumen · Reply here, we read every message" },
    ],
  },
  {
    ...utility,
    name: "quote_ready",
    language: "fr",
    parameter_format: "NAMED",
    components: [
      body(
        "Bonjour {{first_name}}, votre devis {{quote_number}} est prêt. Dites-nous ici s'il faut changer quelque chose.",
        {
          first_name: "Ana",
          quote_number: "Q-2041",
        },
      ),
      { type: "FOOTER", text: "Maison Lumen · Répondez ici, nous lisons tout" },
    ],
  },
];

const ORDERS: Draft[] = [
  {
    ...utility,
    name: "order_shipped",
    language: "en_US",
    parameter_format: "POSITIONAL",
    components: [
      { type: "HEADER", format: "TEXT", text: "Your order is on its way" },
      body("Hello {{1}}, order {{2}} left our workshop today and should reach you on {{3}} at the latest.", [
        "Ana",
        "A-1042",
        "Friday",
      ]),
      {
        type: "BUTTONS",
        buttons: [
          {
            type: "URL",
            text: "Track parcel",
            url: "https://track.example.com/p/{{1}}",
            example: ["https://track.example.com/p/FR204118"],
          },
        ],
      },
    ],
  },
  {
    ...utility,
    name: "bestellung_versand",
    language: "de",
    parameter_format: "NAMED",
    components: [
      body("Guten Tag {{vorname}}, Ihre Bestellung {{bestellnummer}} wird am {{lieferdatum}} geliefert.", {
        vorname: "Maximilian",
        bestellnummer: "B-7731",
        lieferdatum: "24.11.",
      }),
      { type: "BUTTONS", buttons: [{ type: "QUICK_REPLY", text: "Termin ändern" }] },
    ],
  },
  {
    ...utility,
    name: "appointment_reminder",
    language: "en_US",
    parameter_format: "NAMED",
    components: [
      body("Hello {{first_name}}, a reminder of your appointment on {{date}} at {{time}} in our showroom.", {
        first_name: "Ana",
        date: "Tuesday 24 November",
        time: "10:30",
      }),
      {
        type: "BUTTONS",
        buttons: [
          { type: "QUICK_REPLY", text: "I will be there" },
          { type: "QUICK_REPLY", text: "Change the time" },
        ],
      },
    ],
  },
];

const MARKETING: Draft[] = [
  {
    ...marketing,
    name: "welcome_intro",
    language: "en_US",
    parameter_format: "NAMED",
    components: [
      body(
        "Hello {{first_name}}, thank you for your interest in {{company}}. May we show you two ideas for your rooms?",
        {
          first_name: "Ana",
          company: "Maison Lumen",
        },
      ),
      { type: "FOOTER", text: "Reply STOP to opt out" },
      {
        type: "BUTTONS",
        buttons: [
          { type: "QUICK_REPLY", text: "Yes, show me" },
          { type: "QUICK_REPLY", text: "Stop promotions" },
        ],
      },
    ],
  },
  {
    ...marketing,
    name: "welcome_intro",
    language: "fr",
    parameter_format: "NAMED",
    components: [
      body(
        "Bonjour {{first_name}}, merci de votre intérêt pour {{company}}. Pouvons-nous vous montrer deux idées pour chez vous ?",
        {
          first_name: "Ana",
          company: "Maison Lumen",
        },
      ),
      { type: "FOOTER", text: "Répondez STOP pour ne plus en recevoir" },
      {
        type: "BUTTONS",
        buttons: [
          { type: "QUICK_REPLY", text: "Oui, montrez-moi" },
          { type: "QUICK_REPLY", text: "Arrêter les promotions" },
        ],
      },
    ],
  },
  {
    ...marketing,
    name: "spring_offer",
    language: "en_US",
    parameter_format: "POSITIONAL",
    components: [
      { type: "HEADER", format: "TEXT", text: "Spring at Maison Lumen" },
      body("Hello {{1}}, until Sunday every lamp of the spring collection is 20% off. Shall we keep one for you?", [
        "Ana",
      ]),
      { type: "FOOTER", text: "Reply STOP to opt out" },
      { type: "BUTTONS", buttons: [{ type: "QUICK_REPLY", text: "Keep one for me" }] },
    ],
  },
  {
    ...marketing,
    name: "new_collection",
    language: "en_US",
    parameter_format: "NAMED",
    components: [
      { type: "HEADER", format: "IMAGE", example: { header_handle: ["https://images.example.com/collection.jpg"] } },
      body("Hello {{first_name}}, the new collection has arrived in our showroom. Come and see it by daylight.", {
        first_name: "Ana",
      }),
      { type: "FOOTER", text: "Reply STOP to opt out" },
      { type: "BUTTONS", buttons: [{ type: "QUICK_REPLY", text: "Book a visit" }] },
    ],
  },
  {
    ...marketing,
    name: "cupom_verao",
    language: "pt_BR",
    parameter_format: "POSITIONAL",
    components: [
      body("Olá {{1}}, seu cupom de verão está aqui. Ele vale até domingo em toda a loja.", ["Ana"]),
      { type: "FOOTER", text: "Responda SAIR para não receber mais" },
      { type: "BUTTONS", buttons: [{ type: "COPY_CODE", text: "Copiar código", example: "VERAO15" }] },
    ],
  },
];

const CODES: Draft[] = [
  {
    category: "AUTHENTICATION",
    status: "APPROVED",
    name: "login_code",
    language: "en_US",
    parameter_format: "POSITIONAL",
    components: [
      body("*{{1}}* is your verification code. For your security, do not share this code.", ["481520"]),
      { type: "FOOTER", text: "This code expires in 10 minutes." },
      {
        type: "BUTTONS",
        buttons: [
          {
            type: "URL",
            text: "Copy code",
            url: "https://www.whatsapp.com/otp/code/?otp_type=COPY_CODE&code=otp{{1}}",
            example: ["https://www.whatsapp.com/otp/code/?otp_type=COPY_CODE&code=otp481520"],
          },
        ],
      },
    ],
  },
];

const NOT_SENDABLE: Draft[] = [
  {
    category: "MARKETING",
    status: "DISABLED",
    name: "last_chance",
    language: "en_US",
    parameter_format: "POSITIONAL",
    components: [body("Last chance, {{1}}: answer within the hour or lose your discount.", ["Ana"])],
  },
  {
    category: "UTILITY",
    status: "PAUSED",
    name: "feedback_after_visit",
    language: "en_US",
    parameter_format: "NAMED",
    components: [
      body("Hello {{first_name}}, how was your visit to our showroom? One word is enough.", { first_name: "Ana" }),
    ],
  },
  {
    category: "MARKETING",
    status: "REJECTED",
    rejected_reason: "TAG_CONTENT_MISMATCH",
    name: "flash_sale_night",
    language: "en_US",
    parameter_format: "POSITIONAL",
    components: [body("Tonight only, {{1}}: everything half price until midnight, no exceptions.", ["Ana"])],
  },
  {
    category: "UTILITY",
    status: "PENDING",
    name: "invoice_reminder",
    language: "fr",
    parameter_format: "NAMED",
    components: [
      body("Bonjour {{first_name}}, la facture {{invoice_number}} arrive à échéance le {{due_date}}. Merci d'avance.", {
        first_name: "Ana",
        invoice_number: "F-3310",
        due_date: "30 novembre",
      }),
    ],
  },
];

/** A body with examples for its variables: by name, or in their order. */
function body(text: string, examples: Record<string, string> | string[]): TemplateComponent {
  if (Array.isArray(examples) && examples.length === 0) return { type: "BODY", text };
  const example = Array.isArray(examples)
    ? { body_text: [examples] }
    : {
        body_text_named_params: Object.entries(examples).map(([param_name, value]) => ({ param_name, example: value })),
      };
  return { type: "BODY", text, example };
}
