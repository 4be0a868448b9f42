import type { TemplateDefinition } from "@aparte/core/template-definition.ts";
import { templateCategories, templateStatuses } from "@aparte/core/template.ts";
import { z } from "zod";
import { command, readPages, type Call, type CallResult } from "./call.ts";
import { readLibraryTemplate, type LibraryTemplate } from "./template-library.ts";
import { definitionFields, readDefinition } from "./template-wire-read.ts";
import { templateBody } from "./template-wire.ts";
import { idText } from "./wire.ts";

/** What Meta says at once of a template that was handed in. The category may be another one than was asked for. */
export type TemplateReceipt = z.infer<typeof receipt>;

/** What is asked of Meta's own library. */
export type LibrarySearch = { readonly language: string; readonly search: string };

/** A template of Meta's library under a name of ours. The targets go to its link and call buttons, in their order. */
export type LibraryOrder = {
  readonly name: string;
  readonly language: string;
  readonly category: LibraryTemplate["category"];
  readonly libraryName: string;
  readonly buttons: LibraryTemplate["shape"]["buttons"];
  readonly buttonTargets: readonly string[];
};

/** Everything an account's templates can be asked for besides the list. None repeats by itself. */
export type TemplateAdmin = {
  readonly createTemplate: (wabaId: string, definition: TemplateDefinition) => Promise<CallResult<TemplateReceipt>>;
  /** Replaces the parts as a whole; name and language stay what they are. */
  readonly editTemplate: (metaId: string, definition: TemplateDefinition) => Promise<CallResult<null>>;
  /** One language, or with `metaId` null all languages of the name. */
  readonly deleteTemplate: (wabaId: string, name: string, metaId: string | null) => Promise<CallResult<null>>;
  /** As Meta has it now; `value.definition` is null for one with parts that no definition here can say. */
  readonly templateDefinition: (
    metaId: string,
  ) => Promise<CallResult<{ readonly definition: TemplateDefinition | null }>>;
  /** Puts it away, or brings it back as an approved one. Archived templates are deleted after 28 days. */
  readonly archiveTemplate: (wabaId: string, metaId: string, archived: boolean) => Promise<CallResult<null>>;
  readonly unpauseTemplate: (metaId: string) => Promise<CallResult<null>>;
  readonly templateLibrary: (search: LibrarySearch) => Promise<CallResult<readonly LibraryTemplate[]>>;
  readonly createFromLibrary: (wabaId: string, order: LibraryOrder) => Promise<CallResult<TemplateReceipt>>;
};

const receipt = z
  .object({ id: idText, status: z.enum(templateStatuses), category: z.enum(templateCategories) })
  .transform(({ id, ...rest }) => ({ metaId: id, ...rest }));

/** Graph names those that moved and those that did not; of one template the second list must be empty. */
const moved = z.object({ failed_templates: z.array(z.unknown()).length(0).nullish() });

const readReceipt = (json: unknown): TemplateReceipt | null => receipt.safeParse(json).data ?? null;

/** The calls of template administration, on the client's own way to Graph. */
export function createTemplateAdmin(call: Call): TemplateAdmin {
  const listOf = (wabaId: string): readonly string[] => [wabaId, "message_templates"];
  return {
    createTemplate: (wabaId, definition) =>
      call({ method: "POST", path: listOf(wabaId), body: templateBody(definition) }, readReceipt),
    editTemplate: (metaId, definition) => {
      const { name: _name, language: _language, ...body } = templateBody(definition);
      return command(call, { method: "POST", path: [metaId], body });
    },
    deleteTemplate: (wabaId, name, metaId) =>
      command(call, {
        method: "DELETE",
        path: listOf(wabaId),
        query: metaId === null ? { name } : { name, hsm_id: metaId },
      }),
    templateDefinition: (metaId) =>
      call({ method: "GET", path: [metaId], query: { fields: definitionFields } }, (json) => ({
        definition: readDefinition(json),
      })),
    archiveTemplate: (wabaId, metaId, archived) =>
      call(
        {
          method: "POST",
          path: [wabaId, archived ? "archive_message_templates" : "unarchive_message_templates"],
          body: { template_ids: [metaId] },
        },
        (json) => moved.safeParse(json).data ?? null,
      ).then((result) => (result.ok ? { ok: true, value: null } : result)),
    unpauseTemplate: (metaId) => command(call, { method: "POST", path: [metaId, "unpause"], body: {} }),
    templateLibrary: (search) => templateLibrary(call, search),
    createFromLibrary: (wabaId, order) =>
      call({ method: "POST", path: listOf(wabaId), body: libraryBody(order) }, readReceipt),
  };
}

async function templateLibrary(
  call: Call,
  { language, search }: LibrarySearch,
): Promise<CallResult<readonly LibraryTemplate[]>> {
  const query = { language, ...(search === "" ? {} : { search }) };
  const result = await readPages(call, { method: "GET", path: ["message_template_library"], query });
  if (!result.ok) return result;
  return { ok: true, value: result.value.map(readLibraryTemplate).filter((template) => template !== null) };
}

function libraryBody({ name, language, category, libraryName, buttons, buttonTargets }: LibraryOrder) {
  const inputs = buttons
    .filter(({ type }) => type === "url" || type === "phone_number")
    .map(({ type }, index) => {
      const target = buttonTargets[index] ?? "";
      return type === "url"
        ? { type: "URL", url: { base_url: target } }
        : { type: "PHONE_NUMBER", phone_number: target };
    });
  return {
    name,
    language,
    category,
    library_template_name: libraryName,
    ...(inputs.length === 0 ? {} : { library_template_button_inputs: inputs }),
  };
}
