import type { UseQueryResult } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { useExplain } from '@/api/explain';
import { useText } from '@/lib/intl';
import { Button } from '@/ui/Button';
import { FormProblem } from '@/ui/FormProblem';
import { Skeleton } from '@/ui/Skeleton';

interface ListStateProps<Item> {
  list: UseQueryResult<Item[]>;
  /** Said where there is none. */
  empty: string;
  children: (items: Item[]) => ReactNode;
}

/** A list on its way, one that did not come, one that is empty, and the list. */
export function ListState<Item>({ list, empty, children }: ListStateProps<Item>) {
  const text = useText();
  const explain = useExplain();
  if (list.data) return list.data.length === 0 ? <p className="text-sm text-soft">{empty}</p> : children(list.data);
  if (!list.isError) {
    return (
      <div role="status" aria-label={text('loading')}>
        <Skeleton className="h-14" />
      </div>
    );
  }
  return (
    <div className="flex flex-wrap items-center gap-3">
      <FormProblem>{explain(list.error)}</FormProblem>
      <Button look="outline" onClick={() => void list.refetch()}>
        {text('action.retry')}
      </Button>
    </div>
  );
}
