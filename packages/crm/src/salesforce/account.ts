import { z } from "zod";
import type { CrmAccount, CrmApp, CrmSession } from "../adapter.ts";
import type { CrmResult } from "../outcome.ts";
import { request, settled, type SettledAnswer } from "./client.ts";
import { myDomainOf, uiDomainOf } from "./hosts.ts";
import { select } from "./query.ts";

const userInfo = z.object({
  user_id: z.string(),
  urls: z.object({ custom_domain: z.string().optional() }).default({}),
});
type UserInfo = z.infer<typeof userInfo>;

/** As whom we call. This endpoint of OAuth answers a dead token with 403 (Salesforce Help, "UserInfo Endpoint"). */
export async function whoAmI(app: CrmApp, session: CrmSession): Promise<SettledAnswer<UserInfo>> {
  const path = "/services/oauth2/userinfo";
  const answer = settled(await request(app, { method: "GET", path, session, schema: userInfo }));
  return answer.outcome === "refused" && answer.status === 403 ? { outcome: "expired" } : answer;
}

const companyRow = z.object({ Name: z.string(), TimeZoneSidKey: z.string() });

/** The org goes by its My Domain, which its pages' addresses show. */
export async function account(app: CrmApp, session: CrmSession): Promise<CrmResult<{ account: CrmAccount }>> {
  const user = await whoAmI(app, session);
  if (user.outcome !== "done") return user;
  const name = myDomainOf(user.value.urls.custom_domain ?? "") ?? myDomainOf(session.apiUrl ?? "");
  if (name === null) {
    const details = "This org has no My Domain.";
    return { outcome: "refused", reason: "crm.oauth_failed", details, correlationId: null };
  }
  const query = "SELECT Name, TimeZoneSidKey FROM Organization LIMIT 1";
  const rows = await select(app, session, { query, row: companyRow });
  if (rows.outcome !== "done") return rows;
  const [company] = rows.value;
  const [accountName, timeZone] = [company?.Name ?? name, zoneOf(company?.TimeZoneSidKey)];
  return { outcome: "done", account: { account: name, accountName, uiDomain: uiDomainOf(name), timeZone } };
}

/** Salesforce's zones are IANA's; in one that this platform does not know, days cannot be counted. */
function zoneOf(name: string | undefined): string {
  return name !== undefined && isZone(name) ? name : "UTC";
}

function isZone(name: string): boolean {
  try {
    return new Intl.DateTimeFormat("en", { timeZone: name }).format() !== "";
  } catch (error) {
    if (error instanceof RangeError) return false;
    throw error;
  }
}
