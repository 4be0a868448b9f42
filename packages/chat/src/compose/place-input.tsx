import { writePlace } from "@aparte/core/template-values.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { useState, type ReactNode } from "react";
import { Line } from "./content-frame.tsx";
import { readCoordinates } from "./coordinates.ts";

/** A place as a value: where, and what it is called there. */
export function PlaceInput(props: {
  readonly label: string;
  readonly missing: boolean;
  readonly onChange: (value: string) => void;
}): ReactNode {
  const { t } = useWords();
  const [written, setWritten] = useState({ where: "", name: "", address: "" });
  const line = (key: keyof typeof written) => ({
    value: written[key],
    onChange: (value: string) => {
      const next = { ...written, [key]: value };
      const place = readCoordinates(next.where);
      setWritten(next);
      props.onChange(place ? writePlace({ ...place, name: next.name.trim(), address: next.address.trim() }) : "");
    },
  });
  return (
    <fieldset className="flex flex-col gap-1.5">
      <legend className="text-sm font-semibold">{props.label}</legend>
      <Line
        label={t("location.where")}
        hint={t("location.where_hint")}
        problem={props.missing ? t("location.where_wrong") : undefined}
        {...line("where")}
      />
      <Line label={t("content.field.name")} problem={undefined} {...line("name")} />
      <Line label={t("location.address")} problem={undefined} {...line("address")} />
    </fieldset>
  );
}
