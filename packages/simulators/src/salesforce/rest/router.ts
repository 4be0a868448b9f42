import { notFound, SalesforceError } from "../salesforce-error.ts";
import { ALL_RESOURCES } from "./all-resources.ts";
import type { Answer, Incoming, Resource } from "./resource.ts";

type Route = { resource: Resource; segments: readonly string[] };

const ROUTES: readonly Route[] = ALL_RESOURCES.map((resource) => ({
  resource,
  segments: segmentsOf(resource.path),
}));

/** Finds the resource of a call and has it answer. Refuses (404, 405) what no resource answers. */
export function dispatch({ path, ...incoming }: Incoming): Answer {
  const segments = segmentsOf(path);
  const there = ROUTES.filter((route) => matches(route, segments)).toSorted((a, b) => fixed(b) - fixed(a));
  const [closest] = there;
  if (closest === undefined) throw notFound();
  // A path that is spelled out hides those that it would also fit as a variable one.
  const candidates = there.filter((route) => fixed(route) === fixed(closest));
  const route = candidates.find(({ resource }) => resource.method === incoming.method);
  if (route === undefined) {
    const allowed = candidates.map(({ resource }) => resource.method).join(",");
    throw new SalesforceError(
      405,
      "METHOD_NOT_ALLOWED",
      `HTTP Method '${incoming.method}' not allowed. Allowed are ${allowed}`,
    );
  }
  incoming.org.customFields.applyAccess(incoming.org, incoming.caller.userId);
  return route.resource.handle({ ...incoming, params: readParams(route, segments), dispatch });
}

function segmentsOf(path: string): string[] {
  return path.split("/").filter((segment) => segment !== "");
}

function matches({ segments }: Route, given: readonly string[]): boolean {
  return (
    segments.length === given.length &&
    segments.every((segment, index) => segment.startsWith(":") || segment === given[index])
  );
}

function fixed({ segments }: Route): number {
  return segments.filter((segment) => !segment.startsWith(":")).length;
}

function readParams({ segments }: Route, given: readonly string[]): Record<string, string> {
  const params = segments.flatMap((segment, index) => {
    return segment.startsWith(":") ? [[segment.slice(1), decode(given[index] ?? "")] as const] : [];
  });
  return Object.fromEntries(params);
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch (error) {
    if (error instanceof URIError) throw notFound();
    throw error;
  }
}
