import tailwindcss from "@tailwindcss/vite";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** The state gallery: `pnpm gallery` in packages/chat, then one address per state, `/?state=window_open&theme=dark`. */
export default defineConfig({ plugins: [react(), tailwindcss()], server: { port: 4300, strictPort: false } });
