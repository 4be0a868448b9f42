import { createContext, useContext, type ReactNode } from "react";
import type { Member } from "./visitor.ts";

const MemberContext = createContext<Member | null>(null);

/** Tells everything inside which member is looking. It stays the same until another page is shown. */
export function MemberProvider(props: { readonly member: Member; readonly children: ReactNode }): ReactNode {
  return <MemberContext value={props.member}>{props.children}</MemberContext>;
}

/** The member of the surrounding `MemberProvider`. */
export function useMember(): Member {
  const member = useContext(MemberContext);
  if (member === null) throw new Error("useMember needs a MemberProvider around it");
  return member;
}
