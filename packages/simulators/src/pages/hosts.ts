/** Whose pages a host shows. What is neither (`localhost`) shows both, for whoever asks without a mapped name. */
const OWNERS = [
  { crm: "hubspot", host: /^app(?:-[a-z]{2}\d)?\.hubspot\.com$/u },
  { crm: "salesforce", host: /\.lightning\.force\.com$/u },
] as const;

export type PagesOf = (typeof OWNERS)[number]["crm"];

/** Whether this host of a request (without its port) shows that CRM's pages. */
export function shows(host: string, crm: PagesOf): boolean {
  const owner = OWNERS.find((candidate) => candidate.host.test(host.toLowerCase()));
  return owner === undefined || owner.crm === crm;
}
