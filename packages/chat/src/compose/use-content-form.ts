import { contentProblems, type ContentProblem } from "@aparte/core/content-rules.ts";
import type { FreeContent } from "@aparte/core/message-content.ts";
import { useWords } from "@aparte/i18n/words-context.tsx";
import { useState } from "react";
import { problemWords, ruleWords } from "./problem-words.ts";

/** What every form of a message needs of its content: what is wrong with it, where, and whether it may leave. */
export type ContentFormState = {
  readonly attempts: number;
  /** The problem of a field in words, for beside it; undefined without one. */
  readonly problemOf: (field: string) => string | undefined;
  /** The first problem with its field, after Send was pressed. */
  readonly refusal: string | null;
  readonly unavailable: boolean;
  readonly send: () => void;
};

/** What is missing is told after the first attempt to send, what is too much at once. */
export function useContentForm(content: FreeContent, onSend: (content: FreeContent) => void): ContentFormState {
  const words = useWords();
  const [attempts, setAttempts] = useState(0);
  const problems = contentProblems(content);
  const shown = problems.filter(({ rule }) => attempts > 0 || !isUnfinished(rule));
  const [first] = problems;
  return {
    attempts,
    problemOf: (field) => {
      const problem = shown.find((one) => one.field === field);
      return problem && ruleWords(problem, words);
    },
    refusal: attempts > 0 && first ? problemWords(first, words) : null,
    unavailable: shown.length > 0,
    send: () => {
      if (first) setAttempts(attempts + 1);
      else onSend(content);
    },
  };
}

function isUnfinished(rule: ContentProblem["rule"]): boolean {
  return rule !== "too_long" && rule !== "too_many" && rule !== "not_unique";
}
