import type { LocationContent } from "@aparte/core/message-content.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { useState, type ReactNode } from "react";
import { ContentFrame, Line, type ContentFormProps } from "./content-frame.tsx";
import { readCoordinates } from "./coordinates.ts";
import { useContentForm } from "./use-content-form.ts";

/** A place: where it is, what it is called. */
export function LocationForm(props: ContentFormProps): ReactNode {
  const { t } = useWords();
  const [where, setWhere] = useState("");
  const [name, setName] = useState("");
  const [address, setAddress] = useState("");
  const place = readCoordinates(where);
  const content: LocationContent = {
    kind: "location",
    latitude: place?.latitude ?? Number.NaN,
    longitude: place?.longitude ?? Number.NaN,
    name: name.trim() || null,
    address: address.trim() || null,
  };
  const state = useContentForm(content, props.onSend);
  const misplaced = state.problemOf("latitude") ?? state.problemOf("longitude");
  return (
    <ContentFrame {...props} kind="location" content={place ? content : { kind: "text", text: "…" }} state={state}>
      <Line
        label={t("location.where")}
        hint={t("location.where_hint")}
        value={where}
        problem={misplaced && t("location.where_wrong")}
        onChange={setWhere}
      />
      <Line label={t("content.field.name")} value={name} problem={state.problemOf("name")} onChange={setName} />
      <Line label={t("location.address")} value={address} problem={undefined} onChange={setAddress} />
    </ContentFrame>
  );
}
