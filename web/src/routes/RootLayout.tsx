import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Outlet, useRouterState } from '@tanstack/react-router';
import { useEffect, useMemo, useState } from 'react';
import { AccountCorner } from '@/accounts/AccountCorner';
import { ConfirmLogin } from '@/accounts/ConfirmLogin';
import { changeMe, meQuery, saveProfile } from '@/api/people';
import { followedQuery } from '@/api/channels';
import { liveStreamsQuery, siteQuery } from '@/api/queries';
import type { Stream } from '@/api/types';
import { useText } from '@/lib/intl';
import { useTheatre } from '@/lib/theatre';
import { isLanguage, type Language, speak, speakFirst } from '@/lib/words';
import { Footer } from '@/shell/Footer';
import { Navigation } from '@/shell/Navigation';
import { Sidebar, type SidebarChannel } from '@/shell/Sidebar';
import { Toasts } from '@/ui/Toasts';
import { kProductName } from './use_site_name';

function asSidebarChannel(stream: Stream): SidebarChannel {
  return { slug: stream.channel.slug, name: stream.channel.name, avatar: stream.channel.avatar, about: stream.title || stream.category, viewers: stream.viewerCount };
}

/** The slugs of what the reader follows; nobody's for strangers. */
function useFollowed(): ReadonlySet<string> {
  const { data: me } = useQuery(meQuery);
  const { data } = useQuery({ ...followedQuery, enabled: Boolean(me) });
  return useMemo(() => new Set((me && data?.items.map(({ slug }) => slug)) ?? []), [me, data]);
}

/** A player in somebody else's page has nothing around it. */
export function RootLayout() {
  const path = useRouterState({ select: (state) => state.location.pathname });
  return path.startsWith('/embed/') ? <Outlet /> : <House path={path} />;
}

/** Speaks what the account says; a stranger's choice is this browser's. */
function useAccountLanguage(): (language: Language) => void {
  const client = useQueryClient();
  const { data: me } = useQuery(meQuery);
  // Whoever has no name yet has not said either what to speak.
  const language = me?.onboarded ? me.language : undefined;
  useEffect(() => {
    if (isLanguage(language)) void speakFirst(language);
  }, [language]);
  return (chosen) => {
    void speak(chosen);
    if (!me) return;
    changeMe(client, { language: chosen });
    // The page already speaks it; when this does not reach the account, the next choice will.
    saveProfile({ language: chosen }).catch(() => undefined);
  };
}

function House({ path }: { path: string }) {
  const text = useText();
  const { data: site } = useQuery(siteQuery);
  const { data: live } = useQuery(liveStreamsQuery);
  const [drawerOpen, setDrawerOpen] = useState(false);
  const chooseLanguage = useAccountLanguage();
  const followed = useFollowed();
  const siteName = site?.name ?? kProductName;
  const channels = (live?.items ?? []).map(asSidebarChannel);
  // A list of nothing beside a page that says "nobody is on air" would say it twice.
  const theatre = useTheatre();
  const withSidebar = !/^\/(auth|dashboard|settings)(\/|$)/.test(path) && (path !== '/' || channels.length > 0);

  return (
    <div className="flex min-h-dvh flex-col">
      <a
        href="#main"
        className="sr-only rounded-lg bg-ember px-4 py-2 font-semibold text-ember-ink focus:not-sr-only focus:fixed focus:top-2 focus:left-2 focus:z-50"
      >
        {text('action.skip')}
      </a>
      <Navigation siteName={siteName} logoUrl={site?.logoUrl ?? null} onMenu={withSidebar ? () => setDrawerOpen(true) : undefined} account={<AccountCorner />} />
      <div className="flex flex-1">
        {withSidebar && <Sidebar channels={channels} followed={followed} rail={!theatre} open={drawerOpen} onClose={() => setDrawerOpen(false)} />}
        <div className="flex min-w-0 flex-1 flex-col">
          <main id="main" tabIndex={-1} className="flex-1 outline-none">
            <Outlet />
          </main>
          <Footer siteName={siteName} supportAddress={site?.supportAddress ?? null} termsUrl={site?.termsUrl ?? null} onLanguage={chooseLanguage} />
        </div>
      </div>
      <Toasts />
      <ConfirmLogin />
    </div>
  );
}
