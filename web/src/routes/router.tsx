import { createRootRoute, createRoute, createRouter, lazyRouteComponent, type RouterHistory } from '@tanstack/react-router';
import { prepareSource } from '@/player/load_sessions';
import { ErrorPage } from './ErrorPage';
import { HomePage } from './HomePage';
import { NotFoundPage } from './NotFoundPage';
import { RootLayout } from './RootLayout';

const rootRoute = createRootRoute({ component: RootLayout, notFoundComponent: NotFoundPage, errorComponent: ErrorPage });

const homeRoute = createRoute({ getParentRoute: () => rootRoute, path: '/', component: HomePage });

const streamRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/streams/$slug',
  component: lazyRouteComponent(() => import('./StreamPage'), 'StreamPage'),
  // Whoever points at a channel's link is about to need the player.
  loader: ({ cause }) => {
    if (cause === 'preload') prepareSource(undefined);
  },
});

export const routeTree = rootRoute.addChildren([homeRoute, streamRoute]);

/** `history` is the browser's own, except in tests. */
export function createAppRouter(history?: RouterHistory) {
  return createRouter({
    routeTree,
    ...(history && { history }),
    defaultPreload: 'intent',
    defaultErrorComponent: ErrorPage,
    defaultNotFoundComponent: NotFoundPage,
    scrollRestoration: true,
  });
}

declare module '@tanstack/react-router' {
  interface Register {
    router: ReturnType<typeof createAppRouter>;
  }
}
