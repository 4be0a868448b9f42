import type { AddMemberInput } from "@aparte/core/inputs.ts";
import { isRole, roles, type Role } from "@aparte/core/roles.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { Dialog } from "@aparte/ui/dialog.tsx";
import { Field, Select } from "@aparte/ui/field.tsx";
import { useState, type ReactNode } from "react";
import { EntryForm } from "../../layout/entry-form.tsx";
import { FormField } from "../../layout/form-field.tsx";
import { checkInput } from "../../platform/check-input.ts";
import { useServices } from "../../platform/services.tsx";
import { useForm, type Form } from "../../platform/use-form.ts";
import { suggestPassword } from "./suggest-password.ts";

type Name = keyof AddMemberInput;
type AddMemberProps = { readonly onClose: () => void; readonly onAdded: (name: string) => void };

/** A new member with a first password, which the admin hands over. */
export function AddMember({ onClose, onAdded }: AddMemberProps): ReactNode {
  const { t } = useWords();
  const form = useAddMember(onAdded);
  return (
    <Dialog title={t("console.people.add")} onClose={onClose}>
      <EntryForm
        form={form}
        submit={t("console.people.add")}
        busy={t("console.people.adding")}
        role="admin"
        onCancel={onClose}
      >
        <FormField
          form={form}
          name="name"
          label={t("console.people.name")}
          wrong={t("console.invalid.empty")}
          autoComplete="off"
        />
        <FormField
          form={form}
          name="email"
          type="email"
          label={t("console.identity.email")}
          wrong={t("console.invalid.email")}
          autoComplete="off"
        />
        <RoleField role={form.values.role} onChange={(role) => form.set("role", role)} />
        <FormField
          form={form}
          name="password"
          label={t("console.people.password")}
          hint={t("console.people.password_hint")}
          wrong={t("console.invalid.password")}
          autoComplete="off"
          spellCheck={false}
          className="font-mono"
        />
      </EntryForm>
    </Dialog>
  );
}

function RoleField(props: { readonly role: string; readonly onChange: (role: Role) => void }): ReactNode {
  const { t } = useWords();
  const role = isRole(props.role) ? props.role : "rep";
  return (
    <Field label={t("console.people.role")} hint={t(`console.people.role_${role}`)}>
      {(control) => (
        <Select
          {...control}
          value={role}
          onChange={(event) => isRole(event.target.value) && props.onChange(event.target.value)}
        >
          {roles.map((one) => (
            <option key={one} value={one}>
              {t(`console.role.${one}`)}
            </option>
          ))}
        </Select>
      )}
    </Field>
  );
}

function useAddMember(onAdded: (name: string) => void): Form<Name> {
  const { api } = useServices();
  const [initial] = useState(() => ({ name: "", email: "", role: "rep", password: suggestPassword() }));
  return useForm({
    initial,
    check: (values) => checkInput("addMemberInput", values),
    send: async (input: AddMemberInput) => {
      const outcome = await api.identity.addMember.mutate(input);
      return outcome.ok ? { ...outcome, name: input.name } : outcome;
    },
    onDone: ({ name }) => onAdded(name),
  });
}
