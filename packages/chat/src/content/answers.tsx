import type { MessageContent, OrderContent } from "@aparte/core/message-content.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { ClipboardList, PhoneCall, PhoneOff, ShoppingBag } from "lucide-react";
import type { ReactNode } from "react";
import { dateAndTime } from "../when.ts";

/** A form that came back: each question with its answer. */
export function FormReply(props: Extract<MessageContent, { kind: "form_reply" }>): ReactNode {
  const { t } = useWords();
  return (
    <div className="w-64 max-w-full">
      <p className="mb-1 flex items-center gap-1.5 font-semibold">
        <ClipboardList aria-hidden="true" size={16} className="shrink-0 text-muted" />
        {t("content.kind_form")}
      </p>
      <dl className="rounded-sm bg-veil px-2 py-1.5 text-sm">
        {props.answers.map(({ name, value }, index) => (
          // Answers never change their order, and a form may ask the same twice.
          <div key={String(index)} className="py-0.5 wrap-anywhere">
            <dt className="text-xs text-muted">
              <bdi>{questionLabel(name)}</bdi>
            </dt>
            <dd>
              <bdi>{value}</bdi>
            </dd>
          </div>
        ))}
      </dl>
      {props.text ? <p className="mt-1 wrap-anywhere whitespace-pre-wrap">{props.text}</p> : null}
    </div>
  );
}

/** Forms name their questions for machines: "screen_0_delivery_day_1" asks for the "Delivery day". */
export function questionLabel(name: string): string {
  const words = name
    .replace(/^screen_\d+_/i, "")
    .replace(/_\d+$/, "")
    .replaceAll(/[_-]+/g, " ")
    .trim();
  return words === "" ? name : words.slice(0, 1).toLocaleUpperCase() + words.slice(1);
}

/** What a person put into the basket of our catalogue. */
export function OrderCard({ order }: { readonly order: OrderContent }): ReactNode {
  const { t, locale } = useWords();
  const money = (value: number, currency: string): string => {
    try {
      return new Intl.NumberFormat(locale, { style: "currency", currency }).format(value);
    } catch {
      // A currency that is none: the figure still says what was meant.
      return `${value.toLocaleString(locale)} ${currency}`;
    }
  };
  return (
    <div className="w-64 max-w-full">
      <p className="mb-1 flex items-center gap-1.5 font-semibold">
        <ShoppingBag aria-hidden="true" size={16} className="shrink-0 text-muted" />
        {t("content.order_items", { count: order.items.length })}
      </p>
      <ul className="rounded-sm bg-veil px-2 py-1.5 text-sm">
        {order.items.map(({ productId, quantity, price, currency }, index) => (
          // Items never change their order.
          <li key={String(index)} className="flex gap-2 py-0.5">
            <span className="min-w-0 grow wrap-anywhere">
              {quantity} × <bdi>{productId}</bdi>
            </span>
            <span className="shrink-0 tabular-nums">{money(price * quantity, currency)}</span>
          </li>
        ))}
        {orderTotals(order).map(([currency, total]) => (
          <li key={currency} className="mt-1 flex gap-2 border-t border-line pt-1 font-semibold">
            <span className="grow">{t("content.order_total")}</span>
            <span className="tabular-nums">{money(total, currency)}</span>
          </li>
        ))}
      </ul>
      {order.text ? <p className="mt-1 wrap-anywhere whitespace-pre-wrap">{order.text}</p> : null}
    </div>
  );
}

/** The sum of an order in each currency, in hundredths on the way so that 0.1 + 0.2 is 0.3. */
export function orderTotals({ items }: OrderContent): [string, number][] {
  const totals = new Map<string, number>();
  for (const { price, quantity, currency } of items) {
    totals.set(currency, (totals.get(currency) ?? 0) + Math.round(price * 100) * quantity);
  }
  return [...totals].map(([currency, hundredths]) => [currency, hundredths / 100]);
}

/** Whether we may call the person, and until when. */
export function CallPermission(props: Extract<MessageContent, { kind: "call_permission" }>): ReactNode {
  const { t, locale } = useWords();
  const Sign = props.granted ? PhoneCall : PhoneOff;
  return (
    <span className="inline-flex items-start gap-1.5">
      <Sign aria-hidden="true" size={16} className="mt-0.5 shrink-0 text-muted" />
      <span>
        {t(props.granted ? "content.call_granted" : "content.call_refused")}
        {props.until ? (
          <span className="block text-xs text-muted">
            {t("content.call_until", { date: dateAndTime(props.until, locale) })}
          </span>
        ) : null}
      </span>
    </span>
  );
}
