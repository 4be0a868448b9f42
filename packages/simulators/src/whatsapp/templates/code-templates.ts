import { z } from "zod";
import { countParam, flagParam, jsonParam } from "../graph/json-param.ts";
import { parseParam } from "../graph/params.ts";
import { Refusal } from "../graph/refusal.ts";
import type { Call } from "../graph/route.ts";
import type { Sim } from "../sim.ts";
import type { Account } from "../state.ts";
import type { Template } from "./model.ts";
import { authenticationComponents } from "./authentication.ts";
import { templatesOf } from "./catalogue.ts";
import { componentsSchema } from "./component-schema.ts";
import type { RawComponent } from "./component-schema.ts";
import { submit } from "./create.ts";
import { languageSchema } from "./definition.ts";
import { TEMPLATE_LANGUAGES } from "./languages.ts";
import { startReview } from "./review.ts";

const languages = z
  .union([z.string().transform((list) => list.split(",").map((code) => code.trim())), z.array(z.string())])
  .pipe(z.array(languageSchema).min(1));

const previewSchema = z.looseObject({
  category: z.literal("AUTHENTICATION"),
  languages: jsonParam(languages).optional(),
  add_security_recommendation: flagParam.optional(),
  code_expiration_minutes: countParam.optional(),
  button_types: z.unknown().optional(),
});

const upsertSchema = z.looseObject({
  name: z
    .string()
    .max(512)
    .regex(/^[a-z0-9_]+$/u, "must contain only lowercase letters, numbers and underscores"),
  languages: jsonParam(languages),
  category: z.literal("AUTHENTICATION"),
  components: componentsSchema,
  message_send_ttl_seconds: countParam.optional(),
});

const COPY_CODE: RawComponent = { type: "BUTTONS", buttons: [{ type: "OTP", otp_type: "COPY_CODE" }] };

/** `GET /{WABA}/message_template_previews`: Meta's words for a code message in each language. */
export function previewCodes(call: Call): Refusal | object {
  const request = parseParam(previewSchema, call.params, "");
  if (request instanceof Refusal) return request;
  const { add_security_recommendation = false, code_expiration_minutes: minutes } = request;
  const raw: RawComponent[] = [
    { type: "BODY", add_security_recommendation },
    ...(minutes === undefined ? [] : [{ type: "FOOTER" as const, code_expiration_minutes: minutes }]),
    COPY_CODE,
  ];
  const data: object[] = [];
  for (const language of request.languages ?? TEMPLATE_LANGUAGES) {
    const components = authenticationComponents(raw, language);
    if (components instanceof Refusal) return components;
    const texts = Object.fromEntries(
      components.map((part) => [part.type.toLowerCase(), "text" in part ? part.text : undefined]),
    );
    const buttons = components.flatMap((part) => (part.type === "BUTTONS" ? part.buttons : []));
    data.push({ ...texts, language, buttons: buttons.map(({ text }) => ({ autofill_text: "Autofill", text })) });
  }
  return { data };
}

/**
 * `POST /{WABA}/upsert_message_templates`: one code template in several languages; those that exist by that name get
 * the new content. Answers with the id and status of each, in the order of the languages.
 */
export function upsertCodes(sim: Sim, call: Call, account: Account): Refusal | object {
  const request = parseParam(upsertSchema, call.params, "");
  if (request instanceof Refusal) return request;
  const { name, category, components, languages: wanted } = request;
  const data: object[] = [];
  for (const language of wanted) {
    const known = templatesOf(sim, account).find((one) => one.name === name && one.language === language);
    const definition = { ...request, name, category, language, components, parameter_format: "POSITIONAL" as const };
    const result = known === undefined ? submit(sim, call, account, definition) : renew(sim, known, components);
    if (result instanceof Refusal) return result;
    data.push({ id: result.id, status: result.status, language });
  }
  return { data };
}

function renew(sim: Sim, template: Template, raw: RawComponent[]): Template | Refusal {
  const components = authenticationComponents(raw, template.language);
  if (components instanceof Refusal) return components;
  template.components = components;
  template.status = "PENDING";
  template.editedAt.push(sim.clock.now());
  startReview(sim, template);
  return template;
}
