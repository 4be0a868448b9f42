import { CUSTOM_DOMAIN, ORG_ID } from "../identity.ts";
import type { Org } from "../org.ts";
import type { FieldValue } from "../schema/field.ts";

/** The address that names a user, which token answers carry and which tells who they are. */
export const identityUrl = (org: Org, userId: string): string => `${org.instanceUrl}/id/${ORG_ID}/${userId}`;

type Facts = Record<string, unknown>;

/** What both ways of asking tell alike. Undefined when there is no such user. */
function aboutUser(
  org: Org,
  userId: string,
): { shared: Facts; values: Readonly<Record<string, FieldValue>> } | undefined {
  const user = org.records.live(org.schema.object("User"), userId);
  if (user === undefined) return undefined;
  const { values } = user;
  const shared = {
    user_id: userId,
    organization_id: ORG_ID,
    email: values["Email"],
    email_verified: true,
    photos: {
      picture: `${org.instanceUrl}/profilephoto/005/F`,
      thumbnail: `${org.instanceUrl}/profilephoto/005/T`,
    },
    urls: urlsOf(org, userId),
    active: values["IsActive"],
    user_type: "STANDARD",
    language: values["LanguageLocaleKey"] ?? "en_US",
    locale: values["LocaleSidKey"] ?? "en_US",
    utcOffset: 0,
    is_app_installed: true,
  };
  return { shared, values };
}

/** The answer of `/services/oauth2/userinfo`, in the names of OpenID Connect. */
export function describeForOpenId(org: Org, userId: string): Facts | undefined {
  const about = aboutUser(org, userId);
  if (about === undefined) return undefined;
  const { shared, values } = about;
  return {
    sub: identityUrl(org, userId),
    preferred_username: values["Username"],
    nickname: values["Alias"] ?? values["Username"],
    name: values["Name"],
    given_name: values["FirstName"] ?? null,
    family_name: values["LastName"],
    zoneinfo: values["TimeZoneSidKey"] ?? "GMT",
    picture: `${org.instanceUrl}/profilephoto/005/F`,
    profile: `${org.instanceUrl}/${userId}`,
    address: {},
    updated_at: values["LastModifiedDate"],
    ...shared,
  };
}

/** The answer of the identity URL, in Salesforce's own names. */
export function describeIdentity(org: Org, userId: string): Facts | undefined {
  const about = aboutUser(org, userId);
  if (about === undefined) return undefined;
  const { shared, values } = about;
  return {
    id: identityUrl(org, userId),
    asserted_user: true,
    username: values["Username"],
    nick_name: values["Alias"] ?? values["Username"],
    display_name: values["Name"],
    first_name: values["FirstName"] ?? null,
    last_name: values["LastName"],
    timezone: values["TimeZoneSidKey"] ?? "GMT",
    addr_street: null,
    addr_city: null,
    addr_state: null,
    addr_country: null,
    addr_zip: null,
    mobile_phone: values["MobilePhone"] ?? null,
    mobile_phone_verified: false,
    status: { created_date: null, body: null },
    last_modified_date: values["LastModifiedDate"],
    ...shared,
  };
}

/** Addresses of the org's APIs. `{version}` is for the caller to fill in. */
function urlsOf(org: Org, userId: string): Record<string, string> {
  const rest = `${org.instanceUrl}/services/data/v{version}/`;
  const soap = `${org.instanceUrl}/services/Soap`;
  const account = ORG_ID.slice(0, 15);
  return {
    enterprise: `${soap}/c/{version}/${account}`,
    metadata: `${soap}/m/{version}/${account}`,
    partner: `${soap}/u/{version}/${account}`,
    rest,
    sobjects: `${rest}sobjects/`,
    search: `${rest}search/`,
    query: `${rest}query/`,
    recent: `${rest}recent/`,
    tooling_soap: `${soap}/T/{version}/${account}`,
    tooling_rest: `${rest}tooling/`,
    profile: `${org.instanceUrl}/${userId}`,
    custom_domain: CUSTOM_DOMAIN,
  };
}
