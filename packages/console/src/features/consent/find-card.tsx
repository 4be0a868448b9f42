import { useWords } from "@aparte/i18n/words-context.tsx";
import { Button } from "@aparte/ui/button.tsx";
import { Field, TextInput } from "@aparte/ui/field.tsx";
import { useQuery } from "@tanstack/react-query";
import { Link } from "@tanstack/react-router";
import { Search } from "lucide-react";
import { useState, type ReactNode } from "react";
import { Card } from "../../layout/card.tsx";
import { Failure } from "../../layout/trouble.tsx";
import { useServices } from "../../platform/services.tsx";

/** The pages about one person. */
type PersonPlace = "/people/$contactId/consent" | "/people/$contactId/privacy";

/** Finds a person by name or number, and leads to one of the pages about them. */
export function FindCard({ to = "/people/$contactId/consent" }: { readonly to?: PersonPlace }): ReactNode {
  const { t } = useWords();
  const { api } = useServices();
  const [typed, setTyped] = useState("");
  const [words, setWords] = useState("");
  const found = useQuery({
    queryKey: ["consent", "find", words],
    queryFn: () => api.privacy.find.query({ words }),
    enabled: words !== "",
  });
  return (
    <Card id="find" title={t("console.consent.find")} icon={<Search aria-hidden="true" size={18} />}>
      <form
        role="search"
        className="flex flex-wrap items-end gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          setWords(typed.trim());
        }}
      >
        <div className="min-w-0 grow">
          <Field label={t("console.consent.find_label")}>
            {(control) => (
              <TextInput
                {...control}
                type="search"
                maxLength={100}
                value={typed}
                onChange={(event) => setTyped(event.target.value)}
              />
            )}
          </Field>
        </div>
        <Button type="submit">{t("console.consent.find_now")}</Button>
      </form>
      {found.isError ? <Failure error={found.error} onRetry={() => void found.refetch()} /> : null}
      <div role="status" className="empty:hidden">
        {found.data?.length === 0 ? <p className="text-muted">{t("console.consent.found_none")}</p> : null}
        <ul className="flex flex-col gap-1 empty:hidden">
          {found.data?.map(({ contactId, name, number }) => (
            <li key={contactId}>
              <Link
                to={to}
                params={{ contactId }}
                className="inline-flex min-h-6 flex-wrap gap-x-2 text-brand underline wrap-anywhere"
              >
                {name ?? number ?? t("console.consent.somebody")}
                {name === null ? null : <span className="text-muted">{number}</span>}
              </Link>
            </li>
          ))}
        </ul>
      </div>
    </Card>
  );
}
