import type { CrmApp } from "../adapter.ts";

/** Where everybody may sign in; everybody else has a My Domain (Salesforce Help, "My Domain URL Formats"). */
const loginHosts = ["login.salesforce.com", "test.salesforce.com"];
const myDomain = /^[a-z0-9-]+(?:\.[a-z0-9-]+)?\.my\.salesforce\.com$/u;
const lightningSuffix = ".lightning.force.com";

/**
 * The origin at which a person signs in; null when it is none of Salesforce's, so that neither they nor our secret are
 * sent elsewhere. What people paste is taken as well: a bare host, a page of the org.
 */
export function loginOrigin(app: CrmApp, loginUrl: string | null): string | null {
  if (loginUrl === null) return app.baseUrl;
  const url = URL.parse(loginUrl.includes("://") ? loginUrl : `https://${loginUrl}`);
  if (url === null) return null;
  if (url.origin === new URL(app.baseUrl).origin) return url.origin;
  const host = url.host.endsWith(lightningSuffix) ? url.host.replace(lightningSuffix, ".my.salesforce.com") : url.host;
  const isKnown = url.protocol === "https:" && (loginHosts.includes(host) || myDomain.test(host));
  return isKnown ? `https://${host}` : null;
}

/** The origin of `instance_url`; null when it is no org of Salesforce's: our tokens and our questions stay with it. */
export function apiOrigin(app: CrmApp, instanceUrl: string): string | null {
  const url = URL.parse(instanceUrl);
  if (url === null) return null;
  const isOrg = url.protocol === "https:" && myDomain.test(url.host);
  return isOrg || url.origin === new URL(app.baseUrl).origin ? url.origin : null;
}

/** The My Domain with its sandbox, as it stands before `.my.salesforce.com`; null for another address. */
export function myDomainOf(address: string): string | null {
  const host = URL.parse(address)?.host ?? "";
  return myDomain.test(host) ? host.slice(0, -".my.salesforce.com".length) : null;
}

/** The pages on which people of this org work. */
export function uiDomainOf(account: string): string {
  return account + lightningSuffix;
}
