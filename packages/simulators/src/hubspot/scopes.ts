/** Scopes of this portal with the words the consent page uses for them. */
export const SCOPES: Readonly<Record<string, string>> = {
  oauth: "See which account this is and who connected it",
  "crm.objects.contacts.read": "See contacts and their activities",
  "crm.objects.contacts.write": "Create, change and delete contacts and their activities",
  "crm.objects.companies.read": "See companies",
  "crm.objects.companies.write": "Create, change and delete companies",
  "crm.objects.deals.read": "See deals",
  "crm.objects.deals.write": "Create, change and delete deals",
  "crm.objects.owners.read": "See the people who own records",
  "crm.schemas.contacts.read": "See which properties contacts have",
  "crm.schemas.contacts.write": "Create and change properties of contacts",
  "crm.schemas.companies.read": "See which properties companies have",
  "crm.schemas.companies.write": "Create and change properties of companies",
  "crm.schemas.deals.read": "See which properties deals have",
  "crm.schemas.deals.write": "Create and change properties of deals",
  tickets: "See, create, change and delete tickets",
  files: "See and upload files",
  "communication_preferences.read_write": "See and change subscription preferences",
  "conversations.custom_channels.read": "See custom channels and their messages",
  "conversations.custom_channels.write": "Create custom channels and write messages to them",
};

/** The scopes of this list that HubSpot does not know. */
export function unknownScopes(scopes: readonly string[]): string[] {
  return scopes.filter((scope) => !Object.hasOwn(SCOPES, scope));
}
