const kMost = 25;

/** An address out of a name: "Zoë's Café, live" becomes "zoes-cafe-live". Empty where nothing of it can stand in an address. */
export function slugFrom(name: string): string {
  const plain = name
    .normalize('NFKD')
    .replace(/[\u0300-\u036f'’]/g, '')
    .toLowerCase();
  return plain
    .replace(/ß/g, 'ss')
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, kMost)
    .replace(/^-+|-+$/g, '');
}
