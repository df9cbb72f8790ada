/**
 * Lets the libraries that write a style element of their own (Radix locks the page's scrolling so) carry the page's nonce.
 * A browser hides the attribute from selectors' values, but not from the property.
 */
export function adoptNonce(): void {
  const carrier = document.querySelector<HTMLElement>('meta[property="csp-nonce"], script[nonce]');
  const nonce = carrier?.nonce;
  if (nonce) Object.assign(globalThis, { __webpack_nonce__: nonce });
}
