import { RadioTower } from 'lucide-react';
import type { Site } from '@/api/types';
import { useText } from '@/lib/intl';
import { CopyField } from '@/ui/CopyField';

/** Under the live channels: how to become one of them. */
export function GoLiveStrip({ site }: { site: Site | undefined }) {
  const text = useText();
  if (!site) return null;
  return (
    <section
      aria-labelledby="go-live"
      className="mt-14 grid items-center gap-4 rounded-2xl border border-line bg-surface p-5 sm:grid-cols-[auto_1fr] md:grid-cols-[auto_1fr_minmax(18rem,26rem)]"
    >
      <span className="grid size-11 place-items-center rounded-xl bg-raised text-ember-text max-sm:hidden">
        <RadioTower className="size-5" />
      </span>
      <div>
        <h2 id="go-live" className="font-semibold">
          {text('landing.strip')}
        </h2>
        <p className="mt-0.5 text-sm text-soft">{text('landing.strip_body')}</p>
      </div>
      <div className="sm:col-span-2 md:col-span-1">
        <CopyField value={site.ingestUrl} what={text('landing.server')} />
      </div>
    </section>
  );
}
