import { useWords } from "@aparte/i18n/words-context.tsx";
import { TextInput } from "@aparte/ui/field.tsx";
import { IconButton } from "@aparte/ui/icon-button.tsx";
import { Eye, EyeOff } from "lucide-react";
import { useState, type ComponentProps, type ReactNode } from "react";

/** A password that can be looked at while it is typed. Pasting and password managers work. */
export function PasswordInput(props: ComponentProps<"input">): ReactNode {
  const { t } = useWords();
  const [shown, setShown] = useState(false);
  const Sign = shown ? EyeOff : Eye;
  return (
    <div className="relative">
      <TextInput
        {...props}
        type={shown ? "text" : "password"}
        autoCapitalize="none"
        spellCheck={false}
        className="pe-10"
      />
      <IconButton
        label={t("console.identity.show_typed")}
        aria-pressed={shown}
        onClick={() => setShown(!shown)}
        className="absolute end-0.5 top-1/2 -translate-y-1/2"
      >
        <Sign aria-hidden="true" size={16} />
      </IconButton>
    </div>
  );
}
