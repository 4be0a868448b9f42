import { QueryClientProvider } from "@tanstack/react-query";
import { RouterProvider } from "@tanstack/react-router";
import { StrictMode } from "react";
import { createRoot } from "react-dom/client";
import { PreferencesProvider, readPreferences } from "./platform/preferences.tsx";
import { createQueryClient } from "./platform/query-client.ts";
import { createServices, ServicesProvider } from "./platform/services.tsx";
import { forgetVisitor } from "./platform/visitor.ts";
import { createConsoleRouter } from "./routes/router.ts";

const element = document.querySelector("#root");
if (element === null) throw new Error("The page has no #root");

const services = createServices();
const queryClient = createQueryClient(() => {
  // The pages ask again who is looking, and lead to the sign-in.
  services.tokens.drop();
  forgetVisitor(queryClient);
  void router.invalidate();
});
const router = createConsoleRouter({ services, queryClient });
const start = await readPreferences();

createRoot(element).render(
  <StrictMode>
    <PreferencesProvider start={start}>
      <ServicesProvider services={services}>
        <QueryClientProvider client={queryClient}>
          <RouterProvider router={router} />
        </QueryClientProvider>
      </ServicesProvider>
    </PreferencesProvider>
  </StrictMode>,
);
