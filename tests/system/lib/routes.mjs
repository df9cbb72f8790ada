// The list of pages is the router's own.
import { readFileSync } from 'node:fs';
import path from 'node:path';
import { kRoot } from './places.mjs';

/** Every path of the web app with its parameters filled in, and one that does not exist. */
export function routes(parameters) {
    const source = readFileSync(path.join(kRoot, 'web', 'src', 'routes', 'router.tsx'), 'utf8');
    const paths = [...source.matchAll(/\bpath: '([^']+)'/g)].map(([, route]) => route);
    if (!paths.includes('/')) throw new Error('the router has no home page: is it still in web/src/routes/router.tsx?');
    const filled = paths.map((route) => route.replace(/\$(\w+)/g, (_, name) => {
        if (!(name in parameters)) throw new Error(`${route} wants a ${name} that no test gives`);
        return parameters[name];
    }));
    return [...filled, '/no/such/page'];
}
