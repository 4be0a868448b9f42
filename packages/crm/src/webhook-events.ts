/** The events of a webhook that a CRM has signed. A body that is no list has none: there is nobody to refuse. */
export function eventsIn(body: Uint8Array): readonly unknown[] {
  try {
    const parsed: unknown = JSON.parse(new TextDecoder().decode(body));
    return Array.isArray(parsed) ? parsed : [];
  } catch {
    return [];
  }
}
