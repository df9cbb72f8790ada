import { TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';

/** What is wrong with a whole form, above its button. */
export function FormProblem({ children }: { children: ReactNode }) {
  if (!children) return null;
  return (
    <div role="alert" className="flex items-start gap-2.5 rounded-lg border border-warn/40 bg-warn/10 px-3 py-2.5 text-sm text-ink">
      <TriangleAlert className="mt-0.5 size-4 shrink-0 text-warn" />
      <div>{children}</div>
    </div>
  );
}
