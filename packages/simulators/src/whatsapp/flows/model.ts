/** Categories of flows (Meta: Flows API). */
export const FLOW_CATEGORIES = [
  "SIGN_UP",
  "SIGN_IN",
  "APPOINTMENT_BOOKING",
  "LEAD_GENERATION",
  "CONTACT_US",
  "CUSTOMER_SUPPORT",
  "SURVEY",
  "OTHER",
] as const;

/** Something that does not fit in the JSON of a flow, as Meta points at it. */
export type FlowError = {
  error: string;
  error_type: "JSON_SCHEMA_ERROR" | "FLOW_JSON_ERROR";
  message: string;
  line_start: number;
  line_end: number;
  column_start: number;
  column_end: number;
};

/** A form that people fill in on the phone. It is drafted, published once, and can then only be deprecated. */
export type Flow = {
  id: string;
  accountId: string;
  name: string;
  categories: (typeof FLOW_CATEGORIES)[number][];
  status: "DRAFT" | "PUBLISHED" | "DEPRECATED" | "BLOCKED" | "THROTTLED";
  /** The JSON as it was uploaded; undefined until then. */
  json: string | undefined;
  errors: FlowError[];
  endpointUri: string | undefined;
  /** When it was last changed, in ms. */
  updatedAt: number;
};

/** The ids of the screens of a flow; empty when its JSON cannot be read. */
export function screensOf({ json }: Pick<Flow, "json">): string[] {
  const parsed = readJson(json ?? "");
  const screens = isRecord(parsed) && Array.isArray(parsed.screens) ? (parsed.screens as unknown[]) : [];
  return screens.filter(isRecord).map(({ id }) => String(id));
}

/** What is wrong with the JSON of a flow: it must be JSON with a version and at least one screen, one of them terminal. */
export function flowErrors(json: string): FlowError[] {
  const parsed = readJson(json);
  if (parsed === undefined) return [flowError("INVALID_JSON", "The file is not valid JSON.")];
  if (!isRecord(parsed)) return [flowError("INVALID_PROPERTY_TYPE", "Expected an object at '$root'.")];
  const errors: FlowError[] = [];
  if (typeof parsed.version !== "string" || !/^\d+\.\d+$/u.test(parsed.version)) {
    errors.push(
      flowError("INVALID_PROPERTY_VALUE", "The property 'version' at '$root' must be a version such as 5.0."),
    );
  }
  const screens = Array.isArray(parsed.screens) ? (parsed.screens as unknown[]).filter(isRecord) : [];
  if (screens.length === 0) {
    errors.push(flowError("REQUIRED_PROPERTY_MISSING", "The property 'screens' at '$root' needs at least one screen."));
  } else if (!screens.some(({ terminal }) => terminal === true)) {
    errors.push(flowError("MISSING_TERMINAL_SCREEN", "At least one screen must be terminal."));
  }
  for (const [index, { id, layout }] of screens.entries()) {
    if (typeof id !== "string" || !/^[A-Za-z_]+$/u.test(id)) {
      errors.push(
        flowError("INVALID_PROPERTY_VALUE", `The id of '$root/screens/${index}' has letters and underscores.`),
      );
    }
    if (!isRecord(layout)) {
      errors.push(
        flowError("REQUIRED_PROPERTY_MISSING", `The property 'layout' is missing at '$root/screens/${index}'.`),
      );
    }
  }
  return errors;
}

function flowError(error: string, message: string): FlowError {
  return { error, error_type: "FLOW_JSON_ERROR", message, line_start: 1, line_end: 1, column_start: 1, column_end: 1 };
}

function readJson(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
