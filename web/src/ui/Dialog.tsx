import { lazy, Suspense } from 'react';
import type { DialogProps } from './DialogFrame';

const DialogFrame = lazy(() => import('./DialogFrame').then((module) => ({ default: module.DialogFrame })));

/**
 * A question over the page; open as long as it is drawn. Escape, the cross and a click beside it close it. What draws it is fetched with the
 * first question: most pages are left without one.
 */
export function Dialog(props: DialogProps) {
  return (
    <Suspense>
      <DialogFrame {...props} />
    </Suspense>
  );
}
