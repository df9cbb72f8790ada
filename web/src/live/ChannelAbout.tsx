import type { Channel } from '@/api/types';
import { useNumbers, useText } from '@/lib/intl';

export function ChannelAbout({ channel }: { channel: Channel }) {
  const text = useText();
  const { compact, day } = useNumbers();
  // An empty text is as good as none.
  const description = [channel.stream?.description, channel.description].find((each) => each) ?? text('channel.no_description', { name: channel.name });
  // A count that is zero says nothing: nobody was counted yet.
  const counts: [string, number][] = [
    [text('channel.peak'), channel.stream?.peakViewers ?? 0],
    [text('channel.views'), channel.viewCount],
  ];
  const facts = [
    [text('channel.since'), day(channel.createdAt)],
    ...counts.filter(([, count]) => count > 0).map(([label, count]) => [label, compact(count)]),
  ];

  return (
    <section aria-labelledby="about" className="grid gap-6 rounded-2xl border border-line bg-surface p-5 sm:p-6 lg:grid-cols-[1fr_auto]">
      <div className="min-w-0">
        <h2 id="about" className="text-base font-semibold">
          {text('channel.about', { name: channel.name })}
        </h2>
        <p className="mt-2 max-w-prose text-[15px] leading-relaxed whitespace-pre-line text-soft">{description}</p>
      </div>
      <dl className="flex flex-wrap gap-x-8 gap-y-3 text-sm lg:flex-col lg:border-l lg:border-line lg:pl-6">
        {facts.map(([label, value]) => (
          <div key={label}>
            <dt className="text-xs text-faint">{label}</dt>
            <dd className="mt-0.5 font-semibold">{value}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
