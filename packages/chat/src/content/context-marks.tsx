import type { MessageContext } from "@aparte/core/message.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { Forward, Megaphone, ShoppingBag } from "lucide-react";
import type { ReactNode } from "react";
import { SafeLink } from "../safe-link.tsx";

/** What came along with a message: forwarded, from an advertisement, about a product. */
export function ContextMarks({ context }: { readonly context: MessageContext }): ReactNode {
  const { t } = useWords();
  const { forwarded, referral, product } = context;
  return (
    <>
      {forwarded === "no" ? null : (
        <p className="mb-0.5 flex items-center gap-1 text-xs text-muted italic">
          <Forward aria-hidden="true" size={13} className="rtl:-scale-x-100" />
          {t(`message.forwarded_${forwarded}`)}
        </p>
      )}
      {referral ? (
        <Mark sign={<Megaphone aria-hidden="true" size={18} />}>
          <span className="block text-xs text-muted">{t(`message.from_${referral.source}`)}</span>
          {referral.headline ? <bdi className="block font-semibold">{referral.headline}</bdi> : null}
          {referral.body ? <bdi className="line-clamp-3 text-sm">{referral.body}</bdi> : null}
          {referral.url ? (
            <bdi className="block truncate text-sm text-read">
              <SafeLink url={referral.url} text={referral.url} />
            </bdi>
          ) : null}
        </Mark>
      ) : null}
      {product ? (
        <Mark sign={<ShoppingBag aria-hidden="true" size={18} />}>
          <span className="block text-xs text-muted">{t("message.about_product")}</span>
          <bdi className="block font-semibold">{product.productId}</bdi>
        </Mark>
      ) : null}
    </>
  );
}

function Mark(props: { readonly sign: ReactNode; readonly children: ReactNode }): ReactNode {
  return (
    <div className="mb-1 flex gap-2 rounded-sm border-s-[3px] border-brand bg-veil px-2 py-1">
      <span className="mt-0.5 shrink-0 text-muted">{props.sign}</span>
      <div className="min-w-0 wrap-anywhere">{props.children}</div>
    </div>
  );
}
