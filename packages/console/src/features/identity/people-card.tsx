import { roleAllows } from "@aparte/core/roles.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { Button } from "@aparte/ui/button.tsx";
import { Skeleton } from "@aparte/ui/skeleton.tsx";
import { useQuery } from "@tanstack/react-query";
import { UserPlus, Users } from "lucide-react";
import { useState, type ReactNode } from "react";
import { Card } from "../../layout/card.tsx";
import { Failure } from "../../layout/trouble.tsx";
import { membersQuery } from "../../platform/members-query.ts";
import { useServices } from "../../platform/services.tsx";
import { useMember } from "../../platform/member-context.tsx";
import { AddMember } from "./add-member.tsx";

/** Who works in this workspace, and the way in for others. */
export function PeopleCard({ id }: { readonly id: string }): ReactNode {
  const { t } = useWords();
  const { role } = useMember();
  const [adding, setAdding] = useState(false);
  const [added, setAdded] = useState("");
  return (
    <Card
      id={id}
      title={t("console.people.title")}
      icon={<Users aria-hidden="true" size={18} />}
      actions={
        role === "admin" ? (
          <Button onClick={() => setAdding(true)}>
            <UserPlus aria-hidden="true" size={16} />
            {t("console.people.add")}
          </Button>
        ) : null
      }
    >
      {roleAllows(role, "manager") ? <People /> : <p className="text-muted">{t("console.people.for_managers")}</p>}
      <p role="status" className="text-sm empty:hidden">
        {added === "" ? "" : t("console.people.added", { name: added })}
      </p>
      {adding ? (
        <AddMember
          onClose={() => setAdding(false)}
          onAdded={(name) => {
            setAdded(name);
            setAdding(false);
          }}
        />
      ) : null}
    </Card>
  );
}

function People(): ReactNode {
  const { t } = useWords();
  const { user } = useMember();
  const people = useQuery(membersQuery(useServices()));
  if (people.isError) return <Failure error={people.error} onRetry={() => void people.refetch()} />;
  if (people.isPending) return <Skeleton className="h-24 w-full" />;
  return (
    <ul className="divide-y divide-line">
      {people.data.map((person) => (
        <li
          key={person.userId}
          className="grid gap-x-4 gap-y-0.5 py-2.5 first:pt-0 last:pb-0 sm:grid-cols-[1fr_1fr_1fr]"
        >
          <span className="font-semibold">
            {person.name}{" "}
            {person.userId === user.id ? (
              <span className="font-normal text-muted">{t("console.people.you")}</span>
            ) : null}
          </span>
          <span className="wrap-anywhere text-muted">{person.email}</span>
          <span>{t(`console.role.${person.role}`)}</span>
        </li>
      ))}
    </ul>
  );
}
