import { useWords } from "@aparte/i18n/words-context.tsx";
import { Button } from "@aparte/ui/button.tsx";
import { Field, TextInput } from "@aparte/ui/field.tsx";
import { useMutation } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Failure, Refused } from "../../layout/trouble.tsx";
import { useMember } from "../../platform/member-context.tsx";
import { useServices } from "../../platform/services.tsx";
import { uploadFile } from "../../platform/upload-file.ts";

/** A file that is kept as evidence. */
export type KeptProof = { readonly fileId: string; readonly name: string };

/** A scan or a recording that proves what is written down. It is uploaded at once, and belongs to what is written next. */
export function ProofFile(props: {
  /** The number under which files are kept; without one there is none. */
  readonly channelId: string | null;
  readonly kept: KeptProof | null;
  readonly onKept: (proof: KeptProof | null) => void;
}): ReactNode {
  const { t } = useWords();
  const { tokens } = useServices();
  const { role } = useMember();
  const { channelId, kept, onKept } = props;
  const upload = useMutation({
    mutationFn: async (file: File) => {
      const what = { id: crypto.randomUUID(), channelId: channelId ?? "", file, name: file.name };
      return uploadFile(tokens, what, { onProgress: () => {}, signal: new AbortController().signal });
    },
    onSuccess: (outcome, file) => {
      if (outcome.ok) onKept({ fileId: outcome.file.id, name: file.name });
    },
  });
  if (channelId === null) return null;
  if (kept) {
    return (
      <p className="flex flex-wrap items-center gap-2 text-sm">
        {t("console.consent.proof_kept", { name: kept.name })}
        <Button tone="link" onClick={() => onKept(null)}>
          {t("console.consent.proof_remove")}
        </Button>
      </p>
    );
  }
  return (
    <>
      <Field label={t("console.consent.proof_file")} hint={t("console.consent.proof_hint")}>
        {(control) => (
          <TextInput
            {...control}
            type="file"
            onChange={({ target }) => {
              const file = target.files?.[0];
              if (file) upload.mutate(file);
            }}
          />
        )}
      </Field>
      {upload.isPending ? <p role="status">{t("console.consent.proof_uploading")}</p> : null}
      {upload.data?.ok === false ? <Refused code={upload.data.refused} role={role} /> : null}
      {upload.error ? <Failure error={upload.error} /> : null}
    </>
  );
}
