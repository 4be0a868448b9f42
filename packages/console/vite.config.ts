import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** Built into `dist`, from where the API serves it. Its content policy allows no inline script, so none is made. */
export default defineConfig({
  plugins: [react(), tailwindcss()],
  build: { modulePreload: { polyfill: false } },
});
