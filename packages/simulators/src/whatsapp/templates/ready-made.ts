import type { HeaderFormat } from "./model.ts";

/** A template that Meta wrote: its text is fixed, the business fills in its own links and numbers. */
export type ReadyMade = {
  id: string;
  name: string;
  language: string;
  category: "UTILITY" | "AUTHENTICATION";
  topic: string;
  usecase: string;
  industry: string[];
  header?: { format: HeaderFormat; text: string };
  body: string;
  body_params: string[];
  body_param_types: string[];
  buttons: { type: "URL" | "PHONE_NUMBER" | "QUICK_REPLY"; text: string; url?: string; phone_number?: string }[];
};

const track = { type: "URL", text: "Track order", url: "https://www.example.com/{{1}}" } as const;
const call = { type: "PHONE_NUMBER", text: "Call us", phone_number: "+18005551234" } as const;

/** Templates of Meta's library; a small part of it, with each topic and two languages. */
export const READY_MADE: readonly ReadyMade[] = [
  {
    id: "7147013345418927",
    name: "order_confirmed_1",
    language: "en_US",
    category: "UTILITY",
    topic: "ORDER_MANAGEMENT",
    usecase: "ORDER_CONFIRMATION",
    industry: ["E_COMMERCE"],
    header: { format: "TEXT", text: "Order confirmed" },
    body: "Hi {{1}}, thank you for your order. Your order number is {{2}} and we will tell you once it is on its way.",
    body_params: ["Jim", "#12345"],
    body_param_types: ["TEXT", "TEXT"],
    buttons: [track],
  },
  {
    id: "7147013345418934",
    name: "delivery_update_1",
    language: "en_US",
    category: "UTILITY",
    topic: "ORDER_MANAGEMENT",
    usecase: "SHIPMENT_CONFIRMATION",
    industry: ["E_COMMERCE"],
    body: "Hello {{1}}, good news: your order {{2}} has been shipped and should arrive on {{3}} at the latest.",
    body_params: ["Jim", "#12345", "Jan 1, 2024"],
    body_param_types: ["TEXT", "TEXT", "DATE"],
    buttons: [track, call],
  },
  {
    id: "7147013345418941",
    name: "delivery_update_1",
    language: "fr",
    category: "UTILITY",
    topic: "ORDER_MANAGEMENT",
    usecase: "SHIPMENT_CONFIRMATION",
    industry: ["E_COMMERCE"],
    body: "Bonjour {{1}}, bonne nouvelle : votre commande {{2}} est partie et arrivera au plus tard le {{3}} chez vous.",
    body_params: ["Jim", "#12345", "1 janv. 2024"],
    body_param_types: ["TEXT", "TEXT", "DATE"],
    buttons: [{ ...track, text: "Suivre le colis" }],
  },
  {
    id: "7147013345418958",
    name: "low_balance_warning_1",
    language: "en_US",
    category: "UTILITY",
    topic: "PAYMENTS",
    usecase: "LOW_BALANCE_WARNING",
    industry: ["FINANCIAL_SERVICES"],
    header: { format: "TEXT", text: "Your account balance is low" },
    body: "Hi {{1}}, the balance of your account ending in {{2}} is below the limit of {{3}} that you have set for it.",
    body_params: ["Jim", "1234", "$75.00"],
    body_param_types: ["TEXT", "NUMBER", "AMOUNT"],
    buttons: [{ type: "URL", text: "Make a deposit", url: "https://www.example.com/" }, call],
  },
  {
    id: "7147013345418965",
    name: "appointment_reminder_1",
    language: "en_US",
    category: "UTILITY",
    topic: "EVENT_REMINDER",
    usecase: "APPOINTMENT_REMINDER",
    industry: ["HEALTH", "BEAUTY"],
    body: "Hello {{1}}, this is a reminder of your appointment on {{2}} at {{3}}. Please tell us if you cannot come.",
    body_params: ["Jim", "Jan 1, 2024", "10:30"],
    body_param_types: ["TEXT", "DATE", "TEXT"],
    buttons: [{ type: "QUICK_REPLY", text: "I will be there" }, call],
  },
  {
    id: "7147013345418972",
    name: "feedback_survey_1",
    language: "en_US",
    category: "UTILITY",
    topic: "CUSTOMER_FEEDBACK",
    usecase: "FEEDBACK_SURVEY",
    industry: ["E_COMMERCE", "FINANCIAL_SERVICES"],
    body: "Thank you for your visit to {{1}} today. How did we do? Your answer helps us to become better.",
    body_params: ["CS Mutual"],
    body_param_types: ["TEXT"],
    buttons: [{ type: "URL", text: "Take the survey", url: "https://www.example.com/survey" }],
  },
  {
    id: "7147013345418989",
    name: "account_creation_1",
    language: "en_US",
    category: "UTILITY",
    topic: "ACCOUNT_UPDATES",
    usecase: "ACCOUNT_CREATION_CONFIRMATION",
    industry: ["FINANCIAL_SERVICES", "E_COMMERCE"],
    body: "Hi {{1}}, your new account has been created. Please verify {{2}} to complete your profile with us.",
    body_params: ["Jim", "jim@example.com"],
    body_param_types: ["TEXT", "EMAIL"],
    buttons: [{ type: "URL", text: "Verify account", url: "https://www.example.com/{{1}}" }],
  },
];
