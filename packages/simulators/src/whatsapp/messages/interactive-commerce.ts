import { z } from "zod";
import {
  anyHeader,
  body,
  ctaUrl,
  footer,
  isUnique,
  pictureHeader,
  replyFacts,
  sections,
  textHeader,
  uniqueButtons,
  words,
} from "./interactive-parts.ts";

const productId = z.string().min(1);
const MOST_PRODUCTS = 30;

/** Sections of products, as a product list and a multi-product template carry them. */
export const productSections = sections(
  z.strictObject({
    title: z.string().max(24).optional(),
    product_items: z.array(z.strictObject({ product_retailer_id: productId })).min(1),
  }),
).refine(
  (all) => all.flatMap(({ product_items }) => product_items).length <= MOST_PRODUCTS,
  `exceeds the total product count of ${MOST_PRODUCTS}`,
);

const amount = z.looseObject({ value: z.number().int().nonnegative(), offset: z.literal(100) });
const described = { description: z.string().max(60).optional() };
const order = z.looseObject({
  status: z.literal("pending"),
  items: z
    .array(
      z.looseObject({
        name: z.string().min(1).max(60),
        amount,
        sale_amount: amount.optional(),
        quantity: z.number().int().positive(),
        retailer_id: z.string().optional(),
      }),
    )
    .min(1),
  subtotal: amount,
  tax: amount.extend(described),
  shipping: amount.extend(described).optional(),
  discount: amount.extend({ ...described, discount_program_name: z.string().max(60).optional() }).optional(),
});

const payment = z
  .looseObject({
    reference_id: z.string().regex(/^[\w.-]{1,35}$/u, "must have 1 to 35 letters, digits, _, - or ."),
    type: z.enum(["digital-goods", "physical-goods"]),
    currency: z.enum(["INR", "BRL", "SGD"]),
    total_amount: amount,
    order,
  })
  .refine(
    ({ order: { items, subtotal } }) =>
      subtotal.value === sum(items.map((item) => (item.sale_amount ?? item.amount).value * item.quantity)),
    "has a subtotal that is not the sum of its items",
  )
  .refine(
    ({ total_amount, order: { subtotal, tax, shipping, discount } }) =>
      total_amount.value === subtotal.value + tax.value + (shipping?.value ?? 0) - (discount?.value ?? 0),
    "has a total_amount that is not subtotal, tax and shipping less the discount",
  );

const quickReply = z.strictObject({ type: z.literal("quick_reply"), quick_reply: replyFacts });
const cardIndex = z.number().int().min(0).max(9);
const mediaCard = z.strictObject({
  card_index: cardIndex,
  type: z.enum(["cta_url", "quick_reply"]).optional(),
  header: pictureHeader,
  body: words(160).optional(),
  action: z.union([ctaUrl, z.strictObject({ buttons: uniqueButtons(quickReply, ({ quick_reply }) => quick_reply) })]),
});
const productCard = z.strictObject({
  card_index: cardIndex,
  type: z.literal("product"),
  action: z.strictObject({ product_retailer_id: productId, catalog_id: z.string().min(1) }),
});
const cards = <C extends { card_index: number }>(card: z.ZodType<C>) =>
  z
    .array(card)
    .min(2)
    .max(10)
    .refine((all) => isUnique(all.map(({ card_index }) => String(card_index))), "has a duplicated card_index");

/** Interactive messages with products, orders and cards, by `interactive.type`. */
export const COMMERCE_SCHEMAS = {
  product: z.strictObject({
    type: z.literal("product"),
    body: body.optional(),
    footer,
    action: z.strictObject({ catalog_id: z.string().min(1), product_retailer_id: productId }),
  }),
  product_list: z.strictObject({
    type: z.literal("product_list"),
    header: textHeader,
    body,
    footer,
    action: z.strictObject({ catalog_id: z.string().min(1), sections: productSections }),
  }),
  catalog_message: z.strictObject({
    type: z.literal("catalog_message"),
    body,
    footer,
    action: z.strictObject({
      name: z.literal("catalog_message"),
      parameters: z.strictObject({ thumbnail_product_retailer_id: productId.optional() }).optional(),
    }),
  }),
  carousel: z.strictObject({
    type: z.literal("carousel"),
    body,
    action: z.strictObject({ cards: z.union([cards(mediaCard), cards(productCard)]) }),
  }),
  order_details: z.strictObject({
    type: z.literal("order_details"),
    header: anyHeader.optional(),
    body,
    footer,
    action: z.strictObject({ name: z.literal("review_and_pay"), parameters: payment }),
  }),
  order_status: z.strictObject({
    type: z.literal("order_status"),
    body,
    footer,
    action: z.strictObject({
      name: z.literal("review_order"),
      parameters: z.looseObject({
        reference_id: z.string().min(1),
        order: z.looseObject({
          status: z.enum(["pending", "processing", "partially-shipped", "shipped", "completed", "canceled"]),
          description: z.string().max(120).optional(),
        }),
      }),
    }),
  }),
};

function sum(values: number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
