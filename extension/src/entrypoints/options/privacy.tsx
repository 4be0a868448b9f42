import { useWords } from "@aparte/i18n/words-context.tsx";
import { Button } from "@aparte/ui/button.tsx";
import { useEffect, useState, type ReactNode } from "react";
import { countPersonal, forgetPersonal } from "../../platform/session.ts";
import { Section } from "./section.tsx";

/** What this browser keeps, and the way to be rid of it. Counts once: mount it anew for another person. */
export function Privacy(): ReactNode {
  const { t } = useWords();
  const [count, setCount] = useState(0);
  useEffect(() => {
    void countPersonal().then(setCount);
  }, []);
  const clear = async (): Promise<void> => {
    await forgetPersonal();
    setCount(await countPersonal());
  };
  return (
    <Section title={t("options.privacy")}>
      <p role="status">{t("options.stored", { count })}</p>
      <p className="text-sm text-muted">{t("options.stored_note")}</p>
      <Button unavailable={count === 0} onClick={() => void clear()}>
        {t("options.clear")}
      </Button>
    </Section>
  );
}
