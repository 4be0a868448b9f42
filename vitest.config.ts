import { defineConfig } from "vitest/config";

/** One project per kind of test, so that one kind can be run alone: `vitest run --project unit`. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: ["packages/*/src/**/*.test.{ts,tsx}", "extension/src/**/*.test.{ts,tsx}", "api/src/**/*.test.ts"],
        },
      },
      {
        test: {
          name: "flows",
          include: ["test/flows/**/*.test.ts"],
          globalSetup: ["test/support/postgres-setup.ts"],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      { test: { name: "repo", include: ["test/repo/**/*.test.ts"] } },
    ],
  },
});
