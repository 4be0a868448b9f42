import type { World } from "./world.ts";

type Entry = {
  readonly kind: string;
  readonly wa_id: string;
  readonly body: {
    readonly type: string;
    readonly text?: { readonly body: string };
    readonly template?: { readonly name: string };
  };
};

/** What WhatsApp took for a person, in order: texts as they are, templates by their name. */
export async function sentTo(world: Pick<World, "whatsapp">, { waId }: { readonly waId: string }): Promise<string[]> {
  const answer = await fetch(`${world.whatsapp.url}/_sim/ledger`);
  const entries = (await answer.json()) as Entry[];
  return entries
    .filter((entry) => entry.kind === "message" && entry.wa_id === waId)
    .map(({ body }) => body.text?.body ?? body.template?.name ?? body.type);
}
