import type { InteractiveAction } from "@aparte/core/message-content.ts";
import { given, saidOrNull } from "./wire.ts";

/** `type` and `action` of an interactive message (Meta, "Interactive messages", one page per type). */
export function interactiveAction(action: InteractiveAction) {
  switch (action.type) {
    case "buttons": {
      const buttons = action.buttons.map(({ id, title }) => ({ type: "reply", reply: { id, title } }) as const);
      return { type: "button", action: { buttons } } as const;
    }
    case "list": {
      const sections = action.sections.map(({ title, rows }) => ({
        ...given({ title }),
        rows: rows.map((row) => ({
          id: row.id,
          title: row.title,
          ...given({ description: saidOrNull(row.description) }),
        })),
      }));
      return { type: "list", action: { button: action.button, sections } } as const;
    }
    case "link": {
      const parameters = { display_text: action.button, url: action.url };
      return { type: "cta_url", action: { name: "cta_url", parameters } } as const;
    }
    case "location_request":
      return { type: "location_request_message", action: { name: "send_location" } } as const;
    case "contact_request":
      return { type: "request_contact_info", action: { name: "request_contact_info" } } as const;
    case "flow":
      return { type: "flow", action: { name: "flow", parameters: flowParameters(action) } } as const;
    case "product": {
      const { catalogId, productId } = action;
      return { type: "product", action: { catalog_id: catalogId, product_retailer_id: productId } } as const;
    }
    case "product_list": {
      const sections = action.sections.map(({ title, productIds }) => ({
        title,
        product_items: productIds.map((id) => ({ product_retailer_id: id })),
      }));
      return { type: "product_list", action: { catalog_id: action.catalogId, sections } } as const;
    }
    case "catalog": {
      const thumbnail = action.thumbnailProductId;
      const parameters = thumbnail === null ? null : { thumbnail_product_retailer_id: thumbnail };
      return { type: "catalog_message", action: { name: "catalog_message", ...given({ parameters }) } } as const;
    }
  }
}

/** Without a screen Meta opens the first one of the flow. */
function flowParameters({ button, flowId, screen }: Extract<InteractiveAction, { readonly type: "flow" }>) {
  const start = screen === null ? {} : { flow_action: "navigate", flow_action_payload: { screen } };
  return { flow_message_version: "3", flow_id: flowId, flow_cta: button, ...start } as const;
}
