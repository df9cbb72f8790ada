import { createRootRoute, createRoute, createRouter, lazyRouteComponent, type RouterHistory } from '@tanstack/react-router';
import { learnPeople } from '@/lib/words';
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

interface Asked {
  next?: string | undefined;
  token?: string | undefined;
  /** Why a provider did not let somebody in. */
  error?: string | undefined;
}

const text = (value: unknown) => (typeof value === 'string' && value !== '' ? value : undefined);
const nextOf = (search: Record<string, unknown>): Pick<Asked, 'next'> => ({ next: text(search.next) });
const tokenOf = (search: Record<string, unknown>): Pick<Asked, 'token'> => ({ token: text(search.token) });

/** A page that needs the words about people besides its own code. */
function peoplePage<Module>(load: () => Promise<Module>): () => Promise<Module> {
  return async () => (await Promise.all([load(), learnPeople()]))[0];
}

const registerRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/auth/register',
  validateSearch: nextOf,
  component: lazyRouteComponent(peoplePage(() => import('./RegisterPage')), 'RegisterPage'),
});

const loginRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/auth/login',
  validateSearch: (search: Record<string, unknown>): Pick<Asked, 'next' | 'error'> => ({ ...nextOf(search), error: text(search.error) }),
  component: lazyRouteComponent(peoplePage(() => import('./LoginPage')), 'LoginPage'),
});

const verifyRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/auth/verify',
  validateSearch: tokenOf,
  component: lazyRouteComponent(peoplePage(() => import('./VerifyPage')), 'VerifyPage'),
});

const resetRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/auth/reset',
  validateSearch: tokenOf,
  component: lazyRouteComponent(peoplePage(() => import('./ResetPage')), 'ResetPage'),
});

const onboardRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/auth/onboard',
  validateSearch: nextOf,
  component: lazyRouteComponent(peoplePage(() => import('./OnboardPage')), 'OnboardPage'),
});

const setupRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/auth/setup',
  validateSearch: tokenOf,
  component: lazyRouteComponent(peoplePage(() => import('./SetupPage')), 'SetupPage'),
});

const dashboardRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/dashboard',
  validateSearch: (search: Record<string, unknown>): { channel?: string | undefined } => ({ channel: text(search.channel) }),
  component: lazyRouteComponent(peoplePage(() => import('./DashboardPage')), 'DashboardPage'),
});

const ownChannelsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/dashboard/channel',
  validateSearch: (search: Record<string, unknown>): { channel?: string | undefined; fresh?: true } => ({
    channel: text(search.channel),
    ...(search.fresh === true && { fresh: true as const }),
  }),
  component: lazyRouteComponent(peoplePage(() => import('./OwnChannelsPage')), 'OwnChannelsPage'),
});

const profileRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/dashboard/profile',
  component: lazyRouteComponent(peoplePage(() => import('./ProfilePage')), 'ProfilePage'),
});

const settingsRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/settings',
  validateSearch: (search: Record<string, unknown>): { tab?: string | undefined } => ({ tab: text(search.tab) }),
  component: lazyRouteComponent(peoplePage(() => import('./SettingsPage')), 'SettingsPage'),
});

const channelRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/channel/$username',
  component: lazyRouteComponent(peoplePage(() => import('./ChannelPage')), 'ChannelPage'),
});

const embedRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: '/embed/$slug',
  component: lazyRouteComponent(() => import('./EmbedPage'), 'EmbedPage'),
});

export const routeTree = rootRoute.addChildren([
  homeRoute,
  streamRoute,
  registerRoute,
  loginRoute,
  verifyRoute,
  resetRoute,
  onboardRoute,
  setupRoute,
  dashboardRoute,
  ownChannelsRoute,
  profileRoute,
  settingsRoute,
  channelRoute,
  embedRoute,
]);

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
