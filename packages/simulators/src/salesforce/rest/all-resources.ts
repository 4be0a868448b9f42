import { ORG_RESOURCES } from "./org-resources.ts";
import type { Resource } from "./resource.ts";

/**
 * Everything that the REST API answers. An area is added by naming its list of resources here; what is not REST, such
 * as the OAuth pages and the steering, is mounted on the server in `start.ts`.
 */
export const ALL_RESOURCES: readonly Resource[] = [...ORG_RESOURCES];
