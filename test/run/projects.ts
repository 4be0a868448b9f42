/**
 * The vitest projects that `npm test` runs, and how many tests each has at least. The numbers stand well below what
 * there is: they are to notice a project that finds its files no more, not every test that is merged into another.
 */
export const projects = {
  unit: { floor: 800 },
  contract: { floor: 20 },
  flows: { floor: 150 },
  e2e: { floor: 60 },
} as const satisfies Record<string, { readonly floor: number }>;

export type ProjectName = keyof typeof projects;
