import { ACCOUNT } from "./account.ts";
import { CONTACT } from "./contact.ts";
import type { ObjectDefinition } from "./object-type.ts";
import { ORGANIZATION, USER } from "./user.ts";

/** Every object of the org. */
export const STANDARD_OBJECTS: readonly ObjectDefinition[] = [ACCOUNT, CONTACT, USER, ORGANIZATION];
