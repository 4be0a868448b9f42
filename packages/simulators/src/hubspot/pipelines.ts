import type { ObjectTypeName } from "./object-types.ts";

/** A stage, and whether records in it are closed; `won` for deals alone. */
export type Stage = { id: string; label: string; isClosed: boolean; isWon?: boolean; probability?: string };

/** A pipeline as people see it, with its stages in their order. */
export type Pipeline = { id: string; label: string; stages: readonly Stage[] };

function open(id: string, label: string, probability?: string): Stage {
  return { id, label, isClosed: false, ...(probability === undefined ? {} : { probability }) };
}

/** The pipelines of the portal: those that HubSpot begins with. */
export const PIPELINES: Readonly<Partial<Record<ObjectTypeName, Pipeline>>> = {
  deals: {
    id: "default",
    label: "Sales pipeline",
    stages: [
      open("appointmentscheduled", "Appointment scheduled", "0.2"),
      open("qualifiedtobuy", "Qualified to buy", "0.4"),
      open("presentationscheduled", "Presentation scheduled", "0.6"),
      open("decisionmakerboughtin", "Decision maker bought-in", "0.8"),
      open("contractsent", "Contract sent", "0.9"),
      { id: "closedwon", label: "Closed won", isClosed: true, isWon: true, probability: "1.0" },
      { id: "closedlost", label: "Closed lost", isClosed: true, isWon: false, probability: "0.0" },
    ],
  },
  tickets: {
    id: "0",
    label: "Support pipeline",
    stages: [
      open("1", "New"),
      open("2", "Waiting on contact"),
      open("3", "Waiting on us"),
      { id: "4", label: "Closed", isClosed: true },
    ],
  },
};

/** The stage of this id; undefined for types without pipelines. */
export function stageOf(type: ObjectTypeName, id: string | undefined): Stage | undefined {
  return PIPELINES[type]?.stages.find((stage) => stage.id === id);
}
