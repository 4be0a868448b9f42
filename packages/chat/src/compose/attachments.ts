import { errorRule } from "@aparte/core/errors.ts";
import { fileRefusal, mediaKindOf, type FileView } from "@aparte/core/media.ts";
import type { MediaContent, MediaKind } from "@aparte/core/message-content.ts";
import { refused, type Refusal } from "@aparte/core/result.ts";
import type { ChatPort } from "../port.ts";

/** One file that is about to be sent. `id` is the file's own, made here. */
export type Attachment = {
  readonly id: string;
  readonly file: File;
  /** What it is sent as; null when WhatsApp takes it as nothing. */
  readonly media: MediaKind | null;
  readonly caption: string;
  /** Address under which this page can show it; null when it is no picture. Good until it is taken out. */
  readonly preview: string | null;
  readonly step: UploadStep;
};

/** `share`: how much has left, 0 to 1. `failed` holds the reason, before the wire or from beyond it. */
export type UploadStep =
  | { readonly step: "uploading"; readonly share: number }
  | { readonly step: "ready"; readonly file: FileView }
  | { readonly step: "failed"; readonly refusal: Refusal };

/** The files of one unsent message: each leaves as soon as it is chosen, and stays here until it is sent. */
export type Attachments = {
  readonly getState: () => readonly Attachment[];
  readonly listen: (onChange: () => void) => () => void;
  readonly add: (files: readonly File[]) => void;
  readonly setCaption: (id: string, caption: string) => void;
  /** Takes a file out; one that is on its way stops. */
  readonly remove: (id: string) => void;
  readonly retry: (id: string) => void;
  readonly clear: () => void;
};

/** `as`: the one kind that is wanted; null takes what WhatsApp takes. */
export function createAttachments(
  upload: ChatPort["uploadFile"],
  channelId: string,
  as: MediaKind | null = null,
): Attachments {
  let state: readonly Attachment[] = [];
  const listeners = new Set<() => void>();
  const uploads = new Map<string, AbortController>();
  const change = (next: readonly Attachment[]): void => {
    state = next;
    for (const listener of listeners) listener();
  };
  const put = (id: string, part: Partial<Attachment>): void =>
    change(state.map((one) => (one.id === id ? { ...one, ...part } : one)));
  const start = async ({ id, file }: Attachment): Promise<void> => {
    const ended = new AbortController();
    uploads.set(id, ended);
    put(id, { step: { step: "uploading", share: 0 } });
    const onProgress = (share: number): void => put(id, { step: { step: "uploading", share } });
    try {
      const outcome = await upload({ id, channelId, file, name: file.name }, { onProgress, signal: ended.signal });
      put(id, { step: outcome.ok ? { step: "ready", file: outcome.file } : { step: "failed", refusal: outcome } });
    } catch {
      // Not reached, or stopped by a person; what was stopped is no longer here.
      put(id, { step: { step: "failed", refusal: refused("messaging.connection_failed") } });
    } finally {
      uploads.delete(id);
    }
  };
  const release = ({ id, preview }: Attachment): void => {
    uploads.get(id)?.abort();
    if (preview) URL.revokeObjectURL(preview);
  };
  return {
    getState: () => state,
    listen: (onChange) => {
      listeners.add(onChange);
      return () => listeners.delete(onChange);
    },
    add: (files) => {
      const added = files.map((file) => attachmentOf(file, as));
      change([...state, ...added]);
      for (const one of added) if (one.step.step === "uploading") void start(one);
    },
    setCaption: (id, caption) => put(id, { caption }),
    remove: (id) => {
      const gone = state.filter((one) => one.id === id);
      change(state.filter((one) => one.id !== id));
      for (const one of gone) release(one);
    },
    retry: (id) => {
      const one = state.find((candidate) => candidate.id === id);
      if (one) void start(one);
    },
    clear: () => {
      const gone = state;
      // At once, so that nobody sees a part of what is gone.
      change([]);
      for (const one of gone) release(one);
    },
  };
}

/** What can be known of a file before it leaves. */
function attachmentOf(file: File, as: MediaKind | null): Attachment {
  const id = crypto.randomUUID();
  const media = as ?? mediaKindOf(file.type);
  const refusal = fileRefusal(media ?? "document", file.type, file.size);
  const step: UploadStep = refusal ? { step: "failed", refusal } : { step: "uploading", share: 0 };
  const preview = media === "image" || media === "sticker" ? URL.createObjectURL(file) : null;
  return { id, file, media, caption: "", preview, step };
}

/** Whether trying again can help: a file of the wrong kind stays one. */
export function canRetry({ step }: Attachment): boolean {
  return step.step === "failed" && errorRule(step.refusal.refused).retry === "later";
}

/** Stickers and sounds have no words. */
export function takesCaption({ media }: Attachment): boolean {
  return media === "image" || media === "video" || media === "document";
}

/** The message that one file makes. */
export function contentOf({ id, media, file, caption }: Attachment): MediaContent | null {
  if (media === null) return null;
  return {
    kind: "media",
    media,
    fileId: id,
    fileName: media === "document" ? file.name : null,
    caption: caption.trim() === "" ? null : caption.trim(),
    voice: false,
  };
}
