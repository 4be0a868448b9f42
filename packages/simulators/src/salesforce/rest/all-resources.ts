import { QUERY_RESOURCES } from "../query/query-resources.ts";
import { REPLICATION_RESOURCES } from "../query/replication-resources.ts";
import { SEARCH_RESOURCES } from "../search/search-resources.ts";
import { TOOLING_RESOURCES } from "../tooling/tooling-resources.ts";
import { COLLECTION_RESOURCES } from "./collection-resources.ts";
import { COMPOSITE_RESOURCES } from "./composite-resources.ts";
import { DESCRIBE_RESOURCES } from "./describe-resources.ts";
import { ORG_RESOURCES } from "./org-resources.ts";
import type { Resource } from "./resource.ts";
import { SOBJECT_RESOURCES } from "./sobject-resources.ts";
import { TREE_RESOURCES } from "./tree-resources.ts";

/**
 * Everything that the REST API answers. An area is added by naming its list of resources here; what is not REST, such
 * as the OAuth pages and the steering, is mounted on the server in `start.ts`.
 */
export const ALL_RESOURCES: readonly Resource[] = [
  ...ORG_RESOURCES,
  ...DESCRIBE_RESOURCES,
  ...SOBJECT_RESOURCES,
  ...COLLECTION_RESOURCES,
  ...COMPOSITE_RESOURCES,
  ...TREE_RESOURCES,
  ...QUERY_RESOURCES,
  ...REPLICATION_RESOURCES,
  ...SEARCH_RESOURCES,
  ...TOOLING_RESOURCES,
];
