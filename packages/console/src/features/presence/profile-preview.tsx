import { businessKinds } from "@aparte/core/presence.ts";
import type { ChannelView } from "@aparte/core/record-view.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { Globe, Mail, MapPin, Store, type LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { websitesOf, type ProfileValues } from "./profile-values.ts";

/** The profile as a phone shows it: what is empty is not there. */
export function ProfilePreview(props: {
  readonly channel: Pick<ChannelView, "displayPhoneNumber" | "verifiedName">;
  readonly values: ProfileValues;
  readonly photo: string | null;
}): ReactNode {
  const { t } = useWords();
  const { channel, values, photo } = props;
  const kind = businessKinds.find((known) => known === values.kind);
  return (
    <section
      aria-label={t("console.profile.preview")}
      className="w-full max-w-80 overflow-hidden rounded border border-line bg-canvas"
    >
      <div className="flex flex-col items-center gap-1 bg-card px-4 pt-6 pb-4 text-center">
        {photo === null ? (
          <span
            aria-hidden="true"
            className="forced-edge flex size-24 items-center justify-center rounded-full bg-veil text-muted"
          >
            <Store size={40} />
          </span>
        ) : (
          <img src={photo} alt={t("console.profile.photo")} className="size-24 rounded-full object-cover" />
        )}
        <p className="mt-2 text-xl font-semibold wrap-anywhere">{channel.verifiedName}</p>
        <p className="text-muted tabular-nums">
          <bdi dir="ltr">{channel.displayPhoneNumber}</bdi>
        </p>
        <p className="text-sm text-muted">{t("console.profile.business")}</p>
      </div>
      <div className="mt-2 flex flex-col gap-3 bg-card p-4 empty:hidden">
        <Text text={values.description} />
        {kind ? <Line icon={Store} text={t(`console.kind.${kind}`)} /> : null}
        <Line icon={MapPin} text={values.address} />
        <Line icon={Mail} text={values.email} />
        {websitesOf(values).map((address) => (
          <Line key={address} icon={Globe} text={address} />
        ))}
      </div>
      <div className="mt-2 bg-card p-4">
        <p className="text-xs text-muted">{t("console.profile.about")}</p>
        <Text text={values.about.trim() === "" ? "…" : values.about} />
      </div>
    </section>
  );
}

function Text({ text }: { readonly text: string }): ReactNode {
  if (text.trim() === "") return null;
  return (
    <p dir="auto" className="whitespace-pre-line wrap-anywhere">
      {text}
    </p>
  );
}

function Line({ icon: Icon, text }: { readonly icon: LucideIcon; readonly text: string }): ReactNode {
  if (text.trim() === "") return null;
  return (
    <p className="flex gap-3">
      <Icon aria-hidden="true" size={16} className="mt-0.5 shrink-0 text-muted" />
      <span dir="auto" className="min-w-0 wrap-anywhere">
        {text}
      </span>
    </p>
  );
}
