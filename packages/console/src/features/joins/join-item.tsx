import { useWords } from "@aparte/i18n/words-context.tsx";
import { Button } from "@aparte/ui/button.tsx";
import { Link } from "@tanstack/react-router";
import { CircleStop, Copy, Download, Printer } from "lucide-react";
import { useId, useState, type ReactNode } from "react";
import { linkLook } from "../../layout/link-look.ts";
import { StateLabel } from "../../layout/state-label.tsx";
import type { Join } from "./joins-query.ts";

/** One link: its picture, its words, what became of it, and what can be done with it. */
export function JoinItem({ join, onEnd }: { readonly join: Join; readonly onEnd: () => void }): ReactNode {
  const { t, locale } = useWords();
  const id = useId();
  const { confirmed, turnedAway } = join;
  const date = (time: string) => new Intl.DateTimeFormat(locale, { dateStyle: "medium" }).format(new Date(time));
  const picture = pictureOf(join);
  return (
    <li aria-labelledby={id} className="flex min-w-0 flex-wrap gap-4 rounded border border-line p-3">
      <img
        src={picture}
        alt={t("console.codes.picture")}
        width={136}
        height={136}
        className="size-34 shrink-0 rounded-sm border border-line bg-[white]"
      />
      <div className="flex min-w-0 flex-1 basis-56 flex-col gap-2">
        <div className="flex flex-wrap items-center justify-between gap-x-3">
          <h3 id={id} dir="auto" className="font-semibold wrap-anywhere">
            {join.source}
          </h3>
          <StateLabel mood={join.isOpen ? "good" : "neutral"}>
            {t(join.isOpen ? "console.joins.open" : "console.joins.over")}{" "}
            {join.isOpen && join.expiresAt !== null ? t("console.joins.until", { date: date(join.expiresAt) }) : ""}
          </StateLabel>
        </div>
        <blockquote dir="auto" lang={join.language} className="border-s-4 border-line ps-3 text-muted wrap-anywhere">
          {join.words}
        </blockquote>
        <p className="text-sm">{join.purposes.map((purpose) => t(`console.joins.purpose.${purpose}`)).join(" · ")}</p>
        <p className="text-sm">
          <strong className="font-semibold">{t("console.joins.confirmed", { count: confirmed })}</strong>
          {turnedAway > 0 ? <> · {t("console.joins.turned_away", { count: turnedAway })}</> : null}
          <span className="text-muted"> · {t("console.joins.code", { code: join.code })}</span>
        </p>
        <div className="mt-auto flex flex-wrap gap-2">
          {join.isOpen ? <Tools join={join} picture={picture} labelledBy={id} onEnd={onEnd} /> : null}
        </div>
      </div>
    </li>
  );
}

/** The picture as an address: the console may load nothing from elsewhere. */
export function pictureOf({ picture }: Pick<Join, "picture">): string {
  return `data:image/svg+xml,${encodeURIComponent(picture)}`;
}

function Tools(props: {
  readonly join: Join;
  readonly picture: string;
  readonly labelledBy: string;
  readonly onEnd: () => void;
}): ReactNode {
  const { t } = useWords();
  const { join, picture, labelledBy, onEnd } = props;
  return (
    <>
      <CopyLink link={join.link} describedBy={labelledBy} />
      <Link
        to="/consent/joins/$joinId/poster"
        params={{ joinId: join.id }}
        search={{}}
        aria-describedby={labelledBy}
        className={linkLook}
      >
        <Printer aria-hidden="true" size={14} />
        {t("console.joins.poster")}
      </Link>
      <a href={picture} download={`whatsapp-${join.code}.svg`} aria-describedby={labelledBy} className={linkLook}>
        <Download aria-hidden="true" size={14} />
        {t("console.codes.download")}
      </a>
      <Button aria-describedby={labelledBy} onClick={onEnd}>
        <CircleStop aria-hidden="true" size={14} />
        {t("console.joins.end")}
      </Button>
    </>
  );
}

/** Puts the link on the clipboard, and says when the browser does not allow it. */
function CopyLink({ link, describedBy }: { readonly link: string; readonly describedBy: string }): ReactNode {
  const { t } = useWords();
  const [state, setState] = useState<"copy" | "copied" | "copy_failed">("copy");
  const copy = (): void => {
    navigator.clipboard.writeText(link).then(
      () => setState("copied"),
      () => setState("copy_failed"),
    );
  };
  return (
    <>
      <Button aria-describedby={describedBy} onClick={copy}>
        <Copy aria-hidden="true" size={14} />
        {t(`console.codes.${state}`)}
      </Button>
      <span role="status" className="sr-only">
        {state === "copy" ? "" : t(`console.codes.${state}`)}
      </span>
    </>
  );
}
