import { useWords } from "@aparte/i18n/words-context.tsx";
import { Button } from "@aparte/ui/button.tsx";
import { useQuery } from "@tanstack/react-query";
import { Smartphone } from "lucide-react";
import type { ReactNode } from "react";
import { Card } from "../../layout/card.tsx";
import { StateLabel } from "../../layout/state-label.tsx";
import { channelsQuery } from "../../platform/channels-query.ts";
import { useMember } from "../../platform/member-context.tsx";
import { useServices } from "../../platform/services.tsx";
import type { ChannelDetail } from "./detail-query.ts";
import { FactItem, FactList } from "../../layout/fact-list.tsx";
import { limitWords } from "./limit-words.ts";
import { metaWords } from "./meta-words.ts";
import type { NumberTask } from "./number-dialog.tsx";
import { qualityMoods } from "./quality.ts";

const tasks: readonly NumberTask[] = ["name", "pin", "register", "token"];

/** What the number may do and how WhatsApp rates it, and what an admin can change of it. */
export function StandingCard(props: {
  readonly id: string;
  readonly channelId: string;
  readonly detail: ChannelDetail;
  readonly onTask: (task: NumberTask) => void;
}): ReactNode {
  const words = useWords();
  const { t } = words;
  const { role } = useMember();
  const { number, messagingLimit } = props.detail;
  const channels = useQuery(channelsQuery(useServices()));
  const quality = channels.data?.find(({ id }) => id === props.channelId)?.qualityRating ?? "UNKNOWN";
  return (
    <Card id={props.id} title={t("console.number.standing")} icon={<Smartphone aria-hidden="true" size={18} />}>
      <FactList>
        <FactItem name={t("console.channels.quality")}>
          <StateLabel mood={qualityMoods[quality]}>{t(`console.channels.quality_${quality}`)}</StateLabel>
          <p className="text-sm text-muted">{t(`console.channels.quality_${quality}_text`)}</p>
        </FactItem>
        <FactItem name={t("console.number.messaging_limit")}>
          {messagingLimit === null ? null : (
            <>
              {limitWords(messagingLimit, words)}
              <p className="text-sm text-muted">{t("console.number.messaging_limit_text")}</p>
            </>
          )}
        </FactItem>
        <FactItem name={t("console.number.throughput")}>{metaWords("throughput", number.throughput, t)}</FactItem>
        <FactItem name={t("console.number.display_name")}>
          {metaWords("name", number.nameStatus, t)}
          {number.newName === null ? null : (
            <p>
              {t("console.number.new_name", { name: number.newName })}{" "}
              <span className="text-muted">{metaWords("name", number.newNameStatus, t)}</span>
            </p>
          )}
        </FactItem>
        {number.official ? (
          <FactItem name={t("console.number.badge")}>{t("console.number.badge_official")}</FactItem>
        ) : null}
      </FactList>
      {role === "admin" ? (
        <div className="flex flex-wrap gap-2 border-t border-line pt-4">
          {tasks.map((task) => (
            <Button key={task} onClick={() => props.onTask(task)}>
              {t(`console.number.${task}`)}
            </Button>
          ))}
        </div>
      ) : null}
    </Card>
  );
}
