import { Eye } from 'lucide-react';
import { useNumbers, useText } from '@/lib/intl';

/** How many watch at this moment. */
export function ViewerCount({ count }: { count: number }) {
  const text = useText();
  const { compact } = useNumbers();
  return (
    <span className="inline-flex items-center gap-1.5" title={text('channel.viewers_label')} data-viewers={count}>
      <Eye aria-hidden="true" className="size-4 text-faint" />
      <span aria-hidden="true" className="font-semibold tabular">
        {compact(count)}
      </span>
      <span className="sr-only">{text('channel.viewers', { count })}</span>
    </span>
  );
}
