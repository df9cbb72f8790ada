// @vitest-environment jsdom
import { expect, it } from 'vitest';
import routes from '../../routes.json';
import { createAppRouter } from './router';

// The browser tests visit what routes.json lists (axe, console, Lighthouse), so a route that is not in it would go unwatched.
it('lists every route of the router, and no other', () => {
  const paths = Object.keys(createAppRouter().routesByPath).map((path) => path.replaceAll(/\$(\w+)/g, '{$1}'));
  expect(routes.map((route) => route.path).sort()).toEqual(paths.sort());
});

it('gives each route an example', () => {
  for (const route of routes) expect(route.examples.length, route.path).toBeGreaterThan(0);
});
