import { useWords } from "@aparte/i18n/words-context.tsx";
import { Building2 } from "lucide-react";
import type { ReactNode } from "react";
import { Card } from "../../layout/card.tsx";
import type { ChannelDetail } from "./detail-query.ts";
import { FactItem, FactList } from "../../layout/fact-list.tsx";
import { MetaLink } from "./health-fix.tsx";
import { metaWords } from "./meta-words.ts";

/** The WhatsApp Business account that the number belongs to. */
export function AccountCard({ id, detail }: { readonly id: string; readonly detail: ChannelDetail }): ReactNode {
  const { t, locale } = useWords();
  const { account, ids, version } = detail;
  return (
    <Card
      id={id}
      title={t("console.number.account")}
      icon={<Building2 aria-hidden="true" size={18} />}
      actions={<MetaLink page="manager" wabaId={ids.wabaId} />}
    >
      <FactList>
        <FactItem name={t("console.number.account_name")}>{account.name}</FactItem>
        <FactItem name={t("console.number.review")}>{metaWords("review", account.reviewStatus, t)}</FactItem>
        <FactItem name={t("console.number.verification")}>
          {metaWords("verification", account.businessVerification, t)}
        </FactItem>
        <FactItem name={t("console.number.currency")}>
          {account.currency === null
            ? null
            : (new Intl.DisplayNames([locale], { type: "currency" }).of(account.currency) ?? account.currency)}
        </FactItem>
        <FactItem name={t("console.channels.waba_id")}>
          <span className="font-mono text-sm">{ids.wabaId}</span>
        </FactItem>
        <FactItem name={t("console.channels.phone_number_id")}>
          <span className="font-mono text-sm">{ids.phoneNumberId}</span>
        </FactItem>
        <FactItem name={t("console.number.version")}>{version.inUse}</FactItem>
      </FactList>
    </Card>
  );
}
