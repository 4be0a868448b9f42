import type { ConversationSnapshot } from "@aparte/core/record-view.ts";
import { decideSend } from "@aparte/core/send-decision.ts";
import { expect, test } from "vitest";
import { gate, message, noConsent, now, optedIn, optedOut, record } from "../../gallery/people.ts";
import { templates } from "../../gallery/templates.ts";
import { permissionsOf, sendFactsOf } from "./permissions.ts";

const snapshotOf = (more: Partial<ConversationSnapshot>): ConversationSnapshot => ({
  ...record({ messages: [message("in", "13:00", "Hello")] }).conversation,
  ...more,
});
const refusals = (more: Partial<ConversationSnapshot>) =>
  Object.fromEntries(
    permissionsOf(snapshotOf(more), now).map(({ purpose, decision }) => [
      purpose,
      decision.reasons.map(({ code }) => code),
    ]),
  );

test("who agreed may be written to for every purpose", () => {
  expect(refusals({ consent: optedIn })).toEqual({ marketing: [], utility: [], authentication: [], service: [] });
});

test("each purpose has its own reasons, and all of them", () => {
  const underReview = { ...gate, underReview: true };
  expect(refusals({ consent: noConsent, blocked: true, gate: underReview })).toEqual({
    marketing: ["contacts.blocked", "consent.missing", "consent.under_review"],
    utility: ["contacts.blocked"],
    authentication: ["contacts.blocked"],
    service: ["contacts.blocked"],
  });
});

test("a stop ends what we begin; an answer stays possible while the window is open", () => {
  const stopped = refusals({ consent: optedOut("STOP", "2026-11-24T13:00:00Z") });
  expect(stopped).toMatchObject({ marketing: ["consent.opted_out"], utility: ["consent.opted_out"], service: [] });
});

test("a template of a category is answered as its purpose is", () => {
  const snapshot = snapshotOf({ consent: noConsent });
  for (const template of templates.filter(({ status }) => status === "APPROVED")) {
    const permission = permissionsOf(snapshot, now).find(({ category }) => category === template.category);
    const decision = decideSend({ kind: "template", template, values: null }, sendFactsOf(snapshot, now));
    expect(permission?.decision).toEqual(decision);
  }
});
