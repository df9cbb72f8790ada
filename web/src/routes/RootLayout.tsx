import { useQuery } from '@tanstack/react-query';
import { Outlet, useRouterState } from '@tanstack/react-router';
import { useState } from 'react';
import { liveStreamsQuery, siteQuery } from '@/api/queries';
import type { Stream } from '@/api/types';
import { useText } from '@/lib/intl';
import { useTheatre } from '@/lib/theatre';
import { Footer } from '@/shell/Footer';
import { Navigation } from '@/shell/Navigation';
import { Sidebar, type SidebarChannel } from '@/shell/Sidebar';
import { kProductName } from './use_site_name';

function asSidebarChannel(stream: Stream): SidebarChannel {
  return { slug: stream.channel.slug, name: stream.channel.name, avatar: stream.channel.avatar, about: stream.title || stream.category, viewers: stream.viewerCount };
}

export function RootLayout() {
  const text = useText();
  const { data: site } = useQuery(siteQuery);
  const { data: live } = useQuery(liveStreamsQuery);
  const [drawerOpen, setDrawerOpen] = useState(false);
  const path = useRouterState({ select: (state) => state.location.pathname });
  const siteName = site?.name ?? kProductName;
  const channels = (live?.items ?? []).map(asSidebarChannel);
  // A list of nothing beside a page that says "nobody is on air" would say it twice.
  const theatre = useTheatre();
  const withSidebar = path !== '/' || channels.length > 0;

  return (
    <div className="flex min-h-dvh flex-col">
      <a
        href="#main"
        className="sr-only rounded-lg bg-ember px-4 py-2 font-semibold text-ember-ink focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50"
      >
        {text('action.skip')}
      </a>
      <Navigation siteName={siteName} logoUrl={site?.logoUrl ?? null} onMenu={withSidebar ? () => setDrawerOpen(true) : undefined} />
      <div className="flex flex-1">
        {withSidebar && <Sidebar channels={channels} rail={!theatre} open={drawerOpen} onClose={() => setDrawerOpen(false)} />}
        <div className="flex min-w-0 flex-1 flex-col">
          <main id="main" tabIndex={-1} className="flex-1 outline-none">
            <Outlet />
          </main>
          <Footer siteName={siteName} supportAddress={site?.supportAddress ?? null} termsUrl={site?.termsUrl ?? null} />
        </div>
      </div>
    </div>
  );
}
