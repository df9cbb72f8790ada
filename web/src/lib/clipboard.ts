/** The same for a text that is still on its way: some browsers forget that a button was pressed while it is fetched. */
export async function copyComing(coming: Promise<string>): Promise<boolean> {
  if (!window.isSecureContext || typeof ClipboardItem === 'undefined') return copyText(await coming);
  const blob = coming.then((text) => new Blob([text], { type: 'text/plain' }));
  const written = navigator.clipboard.write([new ClipboardItem({ 'text/plain': blob })]).then(
    () => true,
    () => false,
  );
  // What could not be fetched is the caller's matter; only the clipboard's refusal is an answer.
  await coming;
  return written;
}

/**
 * Puts a text on the clipboard; answers whether that worked. The modern way exists only on HTTPS and localhost, and a server in
 * somebody's living room is reached by a bare address: there the old way does it.
 */
export async function copyText(text: string): Promise<boolean> {
  if (window.isSecureContext) {
    return navigator.clipboard.writeText(text).then(
      () => true,
      () => false,
    );
  }
  const field = document.createElement('textarea');
  field.value = text;
  field.setAttribute('readonly', '');
  field.className = 'sr-only';
  document.body.append(field);
  field.select();
  // The only way there is on a page without a secure context.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  const copied = document.execCommand('copy');
  field.remove();
  return copied;
}
