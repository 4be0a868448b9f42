import { FileValue } from "@aparte/chat/compose/file-value.tsx";
import type { ProfileInput } from "@aparte/core/channel-input.ts";
import { businessKinds, presenceLimits } from "@aparte/core/presence.ts";
import type { ChannelView } from "@aparte/core/record-view.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { Field, Select } from "@aparte/ui/field.tsx";
import { useQuery } from "@tanstack/react-query";
import { Store } from "lucide-react";
import { useState, type ReactNode } from "react";
import { Card } from "../../layout/card.tsx";
import { EntryForm } from "../../layout/entry-form.tsx";
import { FormField, FormText } from "../../layout/form-field.tsx";
import { useServices } from "../../platform/services.tsx";
import { uploadFile } from "../../platform/upload-file.ts";
import { useForm, type Form } from "../../platform/use-form.ts";
import { ProfilePreview } from "./profile-preview.tsx";
import { checkProfile, websiteFields, type ProfileField, type ProfileValues } from "./profile-values.ts";

/** The profile to write, with the phone's view of it beside. */
export function ProfileForm(props: {
  readonly channel: ChannelView;
  readonly values: ProfileValues;
  /** The photo of now; null for none. */
  readonly photo: string | null;
}): ReactNode {
  const { t } = useWords();
  const { api } = useServices();
  const { channel, photo } = props;
  const [saved, setSaved] = useState<ProfileValues | null>(null);
  const form: Form<ProfileField> = useForm({
    initial: props.values,
    check: (values) => checkProfile(channel.id, values),
    send: (input: ProfileInput) => api.presence.saveProfile.mutate(input),
    onDone: () => setSaved(form.values),
  });
  const chosen = useChosenPhoto(form.values.photoFileId);
  return (
    <div className="grid items-start gap-4 lg:grid-cols-[minmax(0,1fr)_320px]">
      <Card id="profile" title={t("console.profile.title")} icon={<Store aria-hidden="true" size={18} />}>
        <EntryForm
          form={form}
          submit={t("console.profile.save")}
          busy={t("console.profile.saving")}
          role="admin"
          status={saved === form.values ? t("console.profile.saved") : ""}
        >
          <TextFields form={form} />
          <KindField form={form} />
          <PhotoField form={form} channelId={channel.id} />
        </EntryForm>
      </Card>
      <div className="lg:sticky lg:top-4">
        <ProfilePreview channel={channel} values={form.values} photo={chosen ?? photo} />
      </div>
    </div>
  );
}

function TextFields({ form }: { readonly form: Form<ProfileField> }): ReactNode {
  const { t } = useWords();
  const text = (name: "about" | "description" | "address" | "email") => ({
    form,
    name,
    limit: presenceLimits[name],
    label: t(`console.profile.${name}`),
    hint: t(`console.profile.${name}_hint`),
    wrong: t(
      name === "email"
        ? "console.invalid.email"
        : name === "about"
          ? "console.invalid.about"
          : "console.invalid.too_long",
    ),
  });
  return (
    <>
      <FormField {...text("about")} dir="auto" />
      <FormText {...text("description")} className="max-h-64 min-h-24" />
      <FormField {...text("address")} dir="auto" autoComplete="street-address" required={false} />
      <FormField {...text("email")} type="email" autoComplete="email" required={false} />
      {websiteFields.map((name, place) => (
        <FormField
          key={name}
          form={form}
          name={name}
          limit={presenceLimits.website}
          label={t("console.profile.website", { number: place + 1 })}
          wrong={t("console.invalid.website")}
          type="url"
          inputMode="url"
          autoComplete="url"
          required={false}
        />
      ))}
    </>
  );
}

function KindField({ form }: { readonly form: Form<ProfileField> }): ReactNode {
  const { t, locale } = useWords();
  const options = businessKinds
    .map((kind) => ({ kind, name: t(`console.kind.${kind}`) }))
    .toSorted((a, b) => a.name.localeCompare(b.name, locale));
  return (
    <Field label={t("console.profile.kind")}>
      {(control) => (
        <Select
          {...control}
          name="kind"
          value={form.values.kind}
          onChange={(event) => form.set("kind", event.target.value)}
        >
          {options.map(({ kind, name }) => (
            <option key={kind} value={kind}>
              {name}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}

function PhotoField(props: { readonly form: Form<ProfileField>; readonly channelId: string }): ReactNode {
  const { t } = useWords();
  const { tokens } = useServices();
  return (
    <div>
      <FileValue
        label={t("console.profile.photo")}
        media="image"
        missing={false}
        channelId={props.channelId}
        upload={(upload, on) => uploadFile(tokens, upload, on)}
        onChange={(fileId) => props.form.set("photoFileId", fileId)}
        onFile={() => undefined}
      />
      <p className="mt-0.5 text-xs text-muted">{t("console.profile.photo_hint")}</p>
    </div>
  );
}

/** Where the photo that was just chosen can be seen; null for none. */
function useChosenPhoto(fileId: string): string | null {
  const { api } = useServices();
  const link = useQuery({
    queryKey: ["media", fileId],
    enabled: fileId !== "",
    queryFn: () => api.media.link.query({ fileId }),
  });
  return fileId !== "" && link.data?.ok ? link.data.url : null;
}
