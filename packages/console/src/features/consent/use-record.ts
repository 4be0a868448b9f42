import type { ManualMethod } from "@aparte/chat/consent/consent-fields.tsx";
import { begunByUs, type ConsentPurpose } from "@aparte/core/consent.ts";
import { useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useServices } from "../../platform/services.tsx";
import { useForm } from "../../platform/use-form.ts";
import type { Checked } from "../../platform/check-input.ts";
import type { KeptProof } from "./proof-file.tsx";

export type Said = "given" | "withdrawn";

type Choices = {
  readonly action: Said;
  readonly purposes: readonly ConsentPurpose[];
  readonly method: ManualMethod;
  readonly proof: KeptProof | null;
};

/** Whoever says stop does not sort messages into categories; whoever says yes mostly speaks of advertisements. */
const usual = { given: ["marketing"], withdrawn: begunByUs } as const;
const untouched: Choices = { action: "withdrawn", purposes: usual.withdrawn, method: "phone_call", proof: null };

/** What is being written down about a person, and its way to the ledger. `saved` once it is there, until something changes. */
export function useRecord(contactId: string) {
  const { api } = useServices();
  const queries = useQueryClient();
  const [choices, setChoices] = useState(untouched);
  const [saved, setSaved] = useState(false);
  const form = useForm({
    initial: { wording: "", when: "" },
    check: (typed) => Promise.resolve(checkSaid(typed)),
    send: (said) => {
      const { proof, ...chosen } = choices;
      return api.consent.record.mutate({ ...said, ...chosen, contactId, fileId: proof?.fileId ?? null });
    },
    onDone: () => {
      setSaved(true);
      setChoices({ ...choices, proof: null });
      form.replace({ wording: "", when: "" });
      void queries.invalidateQueries({ queryKey: ["consent"] });
    },
  });
  const choose = (change: Partial<Choices>): void => {
    setSaved(false);
    setChoices({ ...choices, ...change });
  };
  const say = (action: Said): void => choose({ action, purposes: usual[action] });
  return { form, choices, choose, say, saved };
}

function checkSaid({
  wording,
  when,
}: Readonly<Record<"wording" | "when", string>>): Checked<{ wording: string; occurredAt: string }> {
  if (wording.trim() === "") return { ok: false, invalid: ["wording"] };
  const occurredAt = when === "" ? new Date() : new Date(when);
  if (Number.isNaN(occurredAt.getTime())) return { ok: false, invalid: ["when"] };
  return { ok: true, input: { wording: wording.trim(), occurredAt: occurredAt.toISOString() } };
}
