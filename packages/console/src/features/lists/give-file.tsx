import { chooseFiles } from "@aparte/chat/compose/choose-files.ts";
import type { ImportKind } from "@aparte/core/consent-import.ts";
import type { Outcome } from "@aparte/core/result.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { Button } from "@aparte/ui/button.tsx";
import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { clsx } from "clsx";
import { Upload } from "lucide-react";
import { useState, type DragEvent, type ReactNode } from "react";
import { Failure, Refused } from "../../layout/trouble.tsx";
import { sendFile } from "../../platform/send-file.ts";
import { useServices } from "../../platform/services.tsx";

const types = ".csv,.tsv,.txt,text/csv,text/plain";

/** A place for a file: chosen, or dropped onto it. It is checked on a page of its own before anything happens. */
export function GiveFile({ kind }: { readonly kind: ImportKind }): ReactNode {
  const { t, locale } = useWords();
  const [over, setOver] = useState(false);
  const { give, share } = useGiveFile(kind);
  const drop = (event: DragEvent): void => {
    event.preventDefault();
    setOver(false);
    const [file] = event.dataTransfer.files;
    if (file && !give.isPending) give.mutate(file);
  };
  return (
    <>
      <div
        onDragOver={(event) => {
          event.preventDefault();
          setOver(true);
        }}
        onDragLeave={() => setOver(false)}
        onDrop={drop}
        className={clsx(
          "forced-edge flex flex-wrap items-center justify-center gap-x-4 gap-y-2 rounded border border-dashed px-4 py-6 text-center",
          over ? "border-brand bg-chosen" : "border-edge",
        )}
      >
        <p className="text-muted">{t("console.lists.drop")}</p>
        <Button
          unavailable={give.isPending}
          onClick={() =>
            chooseFiles(types, ([file]) => (file && !give.isPending ? give.mutate(file) : undefined), false)
          }
        >
          <Upload aria-hidden="true" size={16} />
          {t("console.lists.choose")}
        </Button>
      </div>
      <p role="status" className="text-sm text-muted empty:hidden">
        {give.isPending
          ? t("console.lists.uploading", { share: new Intl.NumberFormat(locale, { style: "percent" }).format(share) })
          : ""}
      </p>
      {give.data?.ok === false ? <Refused code={give.data.refused} role="admin" /> : null}
      {give.error ? <Failure error={give.error} /> : null}
    </>
  );
}

/** Gives a file of a kind to the API, and goes on where it is checked. */
export function useGiveFile(kind: ImportKind) {
  const { tokens } = useServices();
  const navigate = useNavigate();
  const [share, setShare] = useState(0);
  const give = useMutation({
    mutationFn: (file: File) => {
      const url = `/imports/${kind.replace("_", "-")}?${new URLSearchParams({ id: crypto.randomUUID(), name: file.name })}`;
      const handlers = { onProgress: setShare, signal: new AbortController().signal };
      return sendFile<Outcome<{ importId: string }>>(tokens, { method: "POST", url, file }, handlers);
    },
    onMutate: () => setShare(0),
    onSuccess: (outcome) => {
      if (outcome.ok) void navigate({ to: "/consent/imports/$importId", params: { importId: outcome.importId } });
    },
  });
  return { give, share };
}
