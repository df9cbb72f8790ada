import { Link } from '@tanstack/react-router';
import { Gauge, HardDrive, MonitorPlay } from 'lucide-react';
import type { ReactNode } from 'react';
import type { Site } from '@/api/types';
import { useText } from '@/lib/intl';
import { buttonClass } from '@/ui/Button';
import { CopyField } from '@/ui/CopyField';
import { Skeleton } from '@/ui/Skeleton';
import { SignalScene } from './SignalScene';

/** The home page while nobody is on air: what this is, and how to be the first. */
export function Landing({ site, siteFailed }: { site: Site | undefined; siteFailed: boolean }) {
  const text = useText();
  return (
    <>
      <section className="grid items-center gap-10 pt-6 pb-12 sm:pt-12 lg:grid-cols-[1.1fr_0.9fr] lg:gap-16 lg:pb-20">
        <div className="animate-rise">
          <p className="inline-flex items-center gap-2 rounded-full border border-line-strong px-3 py-1 text-xs font-medium text-soft">
            <span className="size-1.5 rounded-full bg-faint" />
            {text('landing.empty')}
          </p>
          <h1 className="mt-5 text-4xl leading-[1.04] font-semibold tracking-[-0.035em] text-balance sm:text-6xl">{text('landing.headline')}</h1>
          <p className="mt-5 max-w-xl text-base leading-relaxed text-pretty text-soft sm:text-lg">{text('landing.body', { site: site?.name ?? 'AeThex LIVE' })}</p>
          <p className="mt-5 text-sm text-faint">{text('landing.watching')}</p>
        </div>
        <SignalScene className="w-full max-lg:hidden" />
      </section>

      <section aria-labelledby="obs" className="rounded-2xl border border-line bg-surface p-5 shadow-lift sm:p-8">
        <h2 id="obs" className="text-2xl font-semibold tracking-tight">
          {text('landing.obs')}
        </h2>
        <ol className="mt-6 grid gap-x-10 gap-y-6 md:grid-cols-2">
          <Step number={1}>{text('landing.obs_step1')}</Step>
          <Step number={2} extra={<ServerField site={site} failed={siteFailed} />}>
            {text('landing.obs_step2')}
          </Step>
          <Step
            number={3}
            extra={
              <>
                <p className="mb-3 text-sm text-soft">{text('landing.key_body')}</p>
                <Link to="/dashboard" className={buttonClass('outline')}>
                  {text('landing.start')}
                </Link>
              </>
            }
          >
            {text('landing.obs_step3')}
          </Step>
          <Step number={4}>{text('landing.obs_step4')}</Step>
        </ol>
      </section>

      <section aria-labelledby="facts" className="py-14">
        <h2 id="facts" className="sr-only">
          {text('landing.facts')}
        </h2>
        <ul className="grid gap-8 md:grid-cols-3">
          <Fact icon={<Gauge />} title={text('landing.fact.latency')} body={text('landing.fact.latency_body')} />
          <Fact icon={<HardDrive />} title={text('landing.fact.own')} body={text('landing.fact.own_body')} />
          <Fact icon={<MonitorPlay />} title={text('landing.fact.browser')} body={text('landing.fact.browser_body')} />
        </ul>
      </section>
    </>
  );
}

function ServerField({ site, failed }: { site: Site | undefined; failed: boolean }) {
  const text = useText();
  if (site) return <CopyField value={site.ingestUrl} what={text('landing.server')} />;
  return failed ? <p className="text-sm text-warn">{text('landing.server_missing')}</p> : <Skeleton className="h-10" />;
}

function Step({ number, children, extra }: { number: number; children: ReactNode; extra?: ReactNode }) {
  return (
    <li className="flex gap-4">
      <span aria-hidden="true" className="grid size-7 shrink-0 place-items-center rounded-full bg-ember font-mono text-sm font-bold text-ember-ink">
        {number}
      </span>
      <div className="min-w-0 flex-1">
        <p className="pt-0.5 text-[15px] leading-relaxed">{children}</p>
        {extra && <div className="mt-3">{extra}</div>}
      </div>
    </li>
  );
}

function Fact({ icon, title, body }: { icon: ReactNode; title: string; body: string }) {
  return (
    <li className="border-t border-line-strong pt-5">
      <span className="text-ember-text [&_svg]:size-5">{icon}</span>
      <h3 className="mt-3 text-lg font-semibold tracking-tight">{title}</h3>
      <p className="mt-1.5 text-[15px] leading-relaxed text-pretty text-soft">{body}</p>
    </li>
  );
}
