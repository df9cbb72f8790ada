import { Tabs as Parts } from 'radix-ui';
import type { ReactNode } from 'react';

export interface Tab {
  id: string;
  label: string;
  icon?: ReactNode;
  contents: ReactNode;
}

interface TabsProps {
  label: string;
  tabs: readonly Tab[];
  chosen: string;
  onChoose: (id: string) => void;
}

/** Pages of one thing: a row to slide on a phone, a column beside the page on a large screen. Only the chosen one is drawn. */
export function Tabs({ label, tabs, chosen, onChoose }: TabsProps) {
  return (
    <Parts.Root value={chosen} onValueChange={onChoose} className="gap-8 lg:grid lg:grid-cols-[13rem_1fr]">
      <Parts.List
        aria-label={label}
        className="-mx-5 mb-6 flex gap-1 overflow-x-auto border-b border-line px-5 pb-2 sm:-mx-8 sm:px-8 lg:sticky lg:top-20 lg:mx-0 lg:mb-0 lg:flex-col lg:self-start lg:border-0 lg:p-0"
      >
        {tabs.map((tab) => (
          <Parts.Trigger
            key={tab.id}
            value={tab.id}
            className="flex min-h-10 shrink-0 items-center gap-2.5 rounded-lg px-3 text-sm text-soft transition-colors hover:bg-hover hover:text-ink data-[state=active]:bg-raised data-[state=active]:font-semibold data-[state=active]:text-ink [&_svg]:size-4.5"
          >
            {tab.icon}
            {tab.label}
          </Parts.Trigger>
        ))}
      </Parts.List>
      {tabs.map((tab) => (
        <Parts.Content key={tab.id} value={tab.id} className="min-w-0 outline-none focus-visible:outline-2 focus-visible:outline-offset-8">
          {tab.contents}
        </Parts.Content>
      ))}
    </Parts.Root>
  );
}
