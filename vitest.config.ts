import { defineConfig } from "vitest/config";

/** One project per kind of test, so that one kind can be run alone: `vitest run --project unit`. */
export default defineConfig({
  test: {
    projects: [
      {
        test: {
          name: "unit",
          include: [
            "packages/*/src/**/*.test.{ts,tsx}",
            "extension/src/**/*.test.{ts,tsx}",
            "api/src/**/*.test.ts",
            "test/run/**/*.test.ts",
          ],
        },
      },
      {
        test: {
          name: "flows",
          include: ["test/flows/**/*.test.ts"],
          // Flows wait for things to happen more than they compute.
          maxWorkers: 2,
          globalSetup: ["test/support/postgres-setup.ts"],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        test: {
          name: "e2e",
          include: ["test/e2e/**/*.test.ts"],
          globalSetup: ["test/support/postgres-setup.ts", "test/support/browser-setup.ts"],
          // One browser at a time: two would compete for the same cores, and speed is measured here.
          fileParallelism: false,
          testTimeout: 60_000,
          hookTimeout: 90_000,
        },
      },
      { test: { name: "contract", include: ["test/contract/**/*.test.ts"], testTimeout: 20_000 } },
      { test: { name: "repo", include: ["test/repo/**/*.test.ts"] } },
    ],
  },
});
