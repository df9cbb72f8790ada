import type { Site } from '@/api/types';
import { useText } from '@/lib/intl';
import { CopyField } from '@/ui/CopyField';
import { Panel } from '@/ui/Panel';
import { Skeleton } from '@/ui/Skeleton';
import { StreamKeyDisplay } from './StreamKeyDisplay';

interface EncoderPanelProps {
  slug: string;
  site: Site | undefined;
  onRotated: () => void;
}

/** What goes into OBS, and how it is best set up. */
export function EncoderPanel({ slug, site, onRotated }: EncoderPanelProps) {
  const text = useText();
  const settings: [string, string][] = [
    [text('obs.rate_control'), text('obs.rate_control_value')],
    [text('obs.bitrate'), text('obs.bitrate_value')],
    [text('obs.keyframes'), text('obs.keyframes_value')],
    [text('obs.profile'), text('obs.profile_value')],
    [text('obs.audio'), text('obs.audio_value')],
  ];
  return (
    <Panel title={text('obs.title')} body={text('obs.body')}>
      <div className="flex flex-col gap-5">
        <div>
          <h3 className="mb-2 text-sm font-medium">{text('landing.server')}</h3>
          {site ? <CopyField value={site.ingestUrl} what={text('landing.server')} /> : <Skeleton className="h-10" />}
        </div>
        <StreamKeyDisplay key={slug} slug={slug} onRotated={onRotated} />
        <dl className="divide-y divide-line border-t border-line text-sm">
          {settings.map(([name, value]) => (
            <div key={name} className="flex justify-between gap-4 py-2">
              <dt className="text-soft">{name}</dt>
              <dd className="text-right font-medium">{value}</dd>
            </div>
          ))}
        </dl>
      </div>
    </Panel>
  );
}
