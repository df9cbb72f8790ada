/** Where to go after a login: a path of this site and nothing else, for an address in a link is written by anybody. */
export function nextPage(wanted: string | undefined, otherwise: string): string {
  if (!wanted?.startsWith('/') || /^\/[/\\]/.test(wanted)) return otherwise;
  try {
    const { origin, pathname, search, hash } = new URL(wanted, 'https://here.invalid');
    if (origin !== 'https://here.invalid' || /^\/auth\/(login|register|reset)$/.test(pathname)) return otherwise;
    return pathname + search + hash;
  } catch {
    return otherwise;
  }
}
