import { useWords } from "@aparte/i18n/words-context.tsx";
import { Banner } from "@aparte/ui/banner.tsx";
import { Button } from "@aparte/ui/button.tsx";
import { CloudOff, WifiOff } from "lucide-react";
import type { ReactNode } from "react";
import { useNow } from "./use-now.ts";

export type ConnectionBarProps = {
  readonly state: "offline" | "api_unreachable";
  readonly apiName: string;
  /** When the next attempt is made (ISO 8601); null when unknown. */
  readonly retryAt: string | null;
  readonly clock: () => Date;
  readonly onRetry: (() => void) | undefined;
};

/** Says that nothing new arrives, when it is tried again, and that nothing is lost. Spoken once, not each second. */
export function ConnectionBar({ state, apiName, retryAt, clock, onRetry }: ConnectionBarProps): ReactNode {
  const { t } = useWords();
  const Sign = state === "offline" ? WifiOff : CloudOff;
  return (
    <Banner
      tone="plain"
      icon={<Sign aria-hidden="true" size={16} />}
      actions={
        onRetry && state === "api_unreachable" ? (
          <Button tone="link" className="shrink-0 whitespace-nowrap" onClick={onRetry}>
            {t("action.try_again")}
          </Button>
        ) : null
      }
    >
      <p role="alert" className="font-semibold">
        {state === "offline" ? t("connection.offline") : t("connection.unreachable", { server: apiName })}
      </p>
      <p className="text-muted">
        {state === "api_unreachable" ? <Countdown retryAt={retryAt} clock={clock} /> : null} {t("connection.kept")}
      </p>
    </Banner>
  );
}

function Countdown({ retryAt, clock }: Pick<ConnectionBarProps, "retryAt" | "clock">): ReactNode {
  const { t } = useWords();
  const now = useNow(clock, 1000, retryAt);
  const seconds = retryAt === null ? 0 : Math.ceil((Date.parse(retryAt) - now.getTime()) / 1000);
  return seconds > 0 ? t("connection.retry_in", { seconds }) : t("connection.retrying");
}
