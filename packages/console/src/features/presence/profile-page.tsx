import { useWords } from "@aparte/i18n/words-context.tsx";
import { Skeleton } from "@aparte/ui/skeleton.tsx";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Failure, Refused } from "../../layout/trouble.tsx";
import { channelsQuery } from "../../platform/channels-query.ts";
import { useMember } from "../../platform/member-context.tsx";
import { useServices } from "../../platform/services.tsx";
import { photoQuery, presenceQuery } from "./presence-query.ts";
import { ProfileForm } from "./profile-form.tsx";
import { ProfilePreview } from "./profile-preview.tsx";
import { profileValues } from "./profile-values.ts";

/** What people see who open the business in WhatsApp: to write for admins, to read for managers. */
export function ProfilePage({ channelId }: { readonly channelId: string }): ReactNode {
  const { t } = useWords();
  const { role } = useMember();
  const services = useServices();
  const presence = useQuery(presenceQuery(services, channelId));
  const photo = useQuery(photoQuery(services, channelId));
  const channels = useQuery(channelsQuery(services));
  const channel = channels.data?.find(({ id }) => id === channelId);
  if (presence.isError) return <Failure error={presence.error} onRetry={() => void presence.refetch()} />;
  if (presence.isPending || !presence.isFetchedAfterMount || channel === undefined)
    return <Skeleton className="h-96 w-full" />;
  if (!presence.data.ok)
    return <Refused code={presence.data.refused} role={role} said={presence.data.facts["details"]} />;
  const values = profileValues(presence.data);
  const picture = photo.data?.ok ? photo.data.photo : null;
  if (role === "admin") return <ProfileForm channel={channel} values={values} photo={picture} />;
  return (
    <div className="flex flex-col items-start gap-3">
      <p className="text-muted">{t("console.profile.for_admins")}</p>
      <ProfilePreview channel={channel} values={values} photo={picture} />
    </div>
  );
}
