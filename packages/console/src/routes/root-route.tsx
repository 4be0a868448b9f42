import type { QueryClient } from "@tanstack/react-query";
import { createRootRouteWithContext, Outlet, useRouter } from "@tanstack/react-router";
import { useEffect, type ReactNode } from "react";
import type { Services } from "../platform/services.tsx";
import { FailedPage } from "./failed-page.tsx";
import { NotFoundPage } from "./not-found-page.tsx";

export type RouterContext = { readonly services: Services; readonly queryClient: QueryClient };

export const rootRoute = createRootRouteWithContext<RouterContext>()({
  component: Root,
  errorComponent: FailedPage,
  notFoundComponent: NotFoundPage,
});

function Root(): ReactNode {
  useNavigationFocus();
  return <Outlet />;
}

/** After a navigation reading starts where it led: at the place named in the address, else at the page's heading. */
function useNavigationFocus(): void {
  const router = useRouter();
  useEffect(
    () =>
      router.subscribe("onRendered", ({ fromLocation, toLocation, pathChanged, hashChanged }) => {
        if (fromLocation === undefined || !(pathChanged || hashChanged)) return;
        const place =
          toLocation.hash === "" ? null : document.querySelector<HTMLElement>(`#${CSS.escape(toLocation.hash)}`);
        (place ?? document.querySelector<HTMLElement>("h1"))?.focus();
      }),
    [router],
  );
}
