import { describe, expect, it } from "vitest";
import { isOptOut } from "./opt-out-words.ts";

describe("isOptOut", () => {
  it.each([
    "STOP",
    "Stop.",
    "stop!!!",
    " stop ",
    "ＳＴＯＰ",
    "st\u200Bop",
    "\u202Estop\u202C",
    "sto\u00ADp",
    "ARRÊT",
    "Arrêt svp",
    "arrêt 🙏",
    "🛑 STOP",
    "«stop»",
    "STOP-PUB",
    "Stop please",
    "Désabonner",
    "ОТПИСАТЬСЯ",
    "退订",
    "إلغاء الاشتراك",
    "Baja por favor",
    "s'il vous plaît arrêtez",
    "수신거부",
    "बंद करो",
  ])("hears %j", (text) => {
    expect(isOptOut(text)).toBe(true);
  });

  it.each([
    "don't stop",
    "stop by at 5pm",
    "I want to cancel my order 123",
    "bus stop",
    "end of month",
    "non-stop",
    "annuler ma commande",
    "quand est la fin du stage",
    "please",
    "",
    "stop, I mean yes send it",
    "🙏",
  ])("does not hear %j", (text) => {
    expect(isOptOut(text)).toBe(false);
  });
});
