import type { TemplateSeed } from "./templates/model.ts";
import { templateLibrary } from "./templates/library.ts";

/** A business number to begin with; fields as Meta names them. */
export type NumberSeed = {
  phone_number_id: string;
  /** As `GET /{PNID}` shows it, with `+` and spaces. */
  display_phone_number: string;
  verified_name: string;
  /** Six digits; a number that is not registered cannot send (133010). */
  pin: string;
  registered: boolean;
  throughput: "STANDARD" | "HIGH";
  /** An official business account. */
  official?: boolean;
  /** A test number reaches only these recipients (digits); any recipient when left out. */
  allowed_recipients?: string[];
  /** What people see of the business; nothing when left out. */
  profile?: {
    about: string;
    address: string;
    description: string;
    email: string;
    vertical: string;
    websites: string[];
  };
};

/** A WhatsApp Business account under its own app and business portfolio, with everything needed to use it. */
export type AccountSeed = {
  app_id: string;
  app_name: string;
  app_secret: string;
  verify_token: string;
  business_id: string;
  waba_id: string;
  waba_name: string;
  currency: string;
  timezone_id: string;
  country: string;
  /** A system user's token with both WhatsApp permissions that never ends. */
  access_token: string;
  /** A token of the same app that ended long ago (190, subcode 463). */
  expired_access_token: string;
  /** A token that may send but not manage (200). */
  messaging_access_token: string;
  /** A token that may manage but not send (10). */
  management_access_token: string;
  numbers: [NumberSeed, ...NumberSeed[]];
  templates: TemplateSeed[];
};

/** Two businesses that know nothing of each other. Numbers are from the ranges kept free for fiction in France and the UK. */
export const DEMO_ACCOUNTS: readonly [AccountSeed, ...AccountSeed[]] = [
  {
    app_id: "1085497223348172",
    app_name: "Maison Lumen CRM",
    app_secret: "5f2c81d0a94e4b7793c6ad1e08f7b3c9",
    verify_token: "lumen-webhook-verify-2e61",
    business_id: "506914307656634",
    waba_id: "107730482519326",
    waba_name: "Maison Lumen",
    currency: "EUR",
    timezone_id: "57",
    country: "FR",
    access_token: tokenOf("PbS1kQd7cBAO3ZCg9rTzJ4mWvXhUe0LnY6uFt2KaHsZBqRi8oDpGZAEyMwNxV5"),
    expired_access_token: tokenOf("PbS1kQd7cBAKe8hZBwQ2xLJvTzU0nRfYs3GdMoZCa7iHtWpE4rXbNqV6kS1uZD"),
    messaging_access_token: tokenOf("PbS1kQd7cBALm5sZAvD9qRtYwXoP2nKzGfJ6bHe0UiTcZBrV8gNdMxS3aWqE7y"),
    management_access_token: tokenOf("PbS1kQd7cBAMx4tZCwF8pQyUvWnR1mJzHgK7cLd0TiSbZArX9hOeNyV2aGqD6z"),
    numbers: [
      {
        phone_number_id: "114562098371045",
        display_phone_number: "+33 1 99 00 42 10",
        verified_name: "Maison Lumen",
        pin: "123456",
        registered: true,
        official: true,
        throughput: "STANDARD",
        profile: {
          about: "Lamps and shades, made to measure",
          address: "12 Rue des Lilas, 75020 Paris",
          description: "We make lamps and shades to measure and bring old ones back to light.",
          email: "bonjour@maison-lumen.example",
          vertical: "RETAIL",
          websites: ["https://maison-lumen.example/"],
        },
      },
      {
        phone_number_id: "114562098371052",
        display_phone_number: "+33 1 99 00 42 11",
        verified_name: "Maison Lumen Atelier",
        pin: "770215",
        registered: false,
        throughput: "STANDARD",
      },
    ],
    templates: templateLibrary("10", "Maison Lumen"),
  },
  {
    app_id: "2214086537740391",
    app_name: "Harbour & Finch Messaging",
    app_secret: "c07e9a3b51d84f26a8de17f3940b6c52",
    verify_token: "finch-webhook-verify-90b4",
    business_id: "731205546098127",
    waba_id: "118846930257714",
    waba_name: "Harbour & Finch",
    currency: "GBP",
    timezone_id: "58",
    country: "GB",
    access_token: tokenOf("fdR8wNq2hBAPy6vZBxG7oRzTuVmQ0lIyJkL8dMe1SiAcZCsW5gKfPzU3bHnE9x"),
    expired_access_token: tokenOf("fdR8wNq2hBAQz7wZCyH6nSaUvWlP9kHxIjM9eNf2RiBdZDtV4hLgQaT1cJmF8w"),
    messaging_access_token: tokenOf("fdR8wNq2hBARa8xZDzI5mTbVwXkO8jGwHiN0fOg3QiCeZEuU3iMhRbS2dKlG7v"),
    management_access_token: tokenOf("fdR8wNq2hBASb9yZEaJ4lUcWxYjN7iFvGhO1gPh4PiDfZFvT2jNiScR3eLkH6u"),
    numbers: [
      {
        phone_number_id: "120417755309862",
        display_phone_number: "+44 20 7946 0018",
        verified_name: "Harbour & Finch",
        pin: "336071",
        registered: true,
        throughput: "STANDARD",
      },
    ],
    templates: templateLibrary("11", "Harbour & Finch"),
  },
];

/** Access tokens of Meta begin with `EAA`. */
function tokenOf(random: string): string {
  return `EAA${random}`;
}
