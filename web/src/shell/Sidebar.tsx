import { Link } from '@tanstack/react-router';
import { X } from 'lucide-react';
import { useEffect, useRef } from 'react';
import { useNumbers, useText } from '@/lib/intl';
import { Avatar } from '@/ui/Avatar';
import { IconButton } from '@/ui/IconButton';

export interface SidebarChannel {
  slug: string;
  name: string;
  avatar: string | null;
  about: string;
  viewers: number;
}

interface SidebarProps {
  channels: SidebarChannel[];
  /** Those of them that the reader follows stand first, under their own heading. */
  followed: ReadonlySet<string>;
  /** Whether large screens show the list all the time. */
  rail: boolean;
  /** The drawer of small screens; on large ones the list always stands there. */
  open: boolean;
  onClose: () => void;
}

export function Sidebar({ channels, followed, rail, open, onClose }: SidebarProps) {
  const text = useText();
  return (
    <>
      {rail && (
        <aside
          aria-label={text('sidebar.label')}
          className="sticky top-14 hidden h-[calc(100dvh-3.5rem)] w-60 shrink-0 overflow-y-auto border-r border-line p-3 lg:block"
        >
          <ChannelLists channels={channels} followed={followed} onChoose={onClose} />
        </aside>
      )}
      <Drawer channels={channels} followed={followed} open={open} onClose={onClose} />
    </>
  );
}

function Drawer({ channels, followed, open, onClose }: Omit<SidebarProps, 'rail'>) {
  const text = useText();
  const dialog = useRef<HTMLDialogElement>(null);

  useEffect(() => {
    const element = dialog.current;
    if (!element) return;
    if (open && !element.open) element.showModal();
    if (!open && element.open) element.close();
  }, [open]);

  return (
    // A click on the dialog itself is a click beside its contents; Escape is the keyboard's way out.
    // eslint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions
    <dialog
      ref={dialog}
      aria-label={text('sidebar.label')}
      onClose={onClose}
      onClick={(event) => event.target === event.currentTarget && onClose()}
      className="m-0 h-dvh max-h-none w-72 max-w-[85vw] border-r border-line bg-surface p-0 text-ink shadow-lift backdrop:bg-black/60 open:animate-fade"
    >
      <div className="flex min-h-full flex-col p-3">
        <div className="flex items-center justify-between pb-2 pl-2">
          <p className="text-sm font-semibold">{text('sidebar.label')}</p>
          <IconButton label={text('action.close')} onClick={onClose}>
            <X className="size-5" />
          </IconButton>
        </div>
        <ChannelLists channels={channels} followed={followed} onChoose={onClose} />
      </div>
    </dialog>
  );
}

function ChannelLists({ channels, followed, onChoose }: Pick<SidebarProps, 'channels' | 'followed'> & { onChoose: () => void }) {
  const text = useText();
  const mine = channels.filter((channel) => followed.has(channel.slug));
  const others = channels.filter((channel) => !followed.has(channel.slug));
  return (
    <>
      {mine.length > 0 && (
        <>
          <Heading>{text('sidebar.followed')}</Heading>
          <ChannelList channels={mine} onChoose={onChoose} />
        </>
      )}
      {(others.length > 0 || mine.length === 0) && (
        <>
          <Heading>{text('sidebar.title')}</Heading>
          <ChannelList channels={others} onChoose={onChoose} />
        </>
      )}
    </>
  );
}

function Heading({ children }: { children: string }) {
  return <h2 className="px-2 pt-1 pb-2 text-xs font-semibold tracking-wide text-faint uppercase not-first:pt-5">{children}</h2>;
}

function ChannelList({ channels, onChoose }: { channels: SidebarChannel[]; onChoose: () => void }) {
  const text = useText();
  const { compact } = useNumbers();
  if (channels.length === 0) return <p className="px-2 text-sm text-soft">{text('sidebar.empty')}</p>;
  return (
    <ul>
      {channels.map((channel) => (
        <li key={channel.slug}>
          <Link
            to="/streams/$slug"
            params={{ slug: channel.slug }}
            onClick={onChoose}
            activeProps={{ className: 'bg-raised' }}
            className="flex items-center gap-3 rounded-lg px-2 py-2 transition-colors hover:bg-hover"
          >
            <Avatar slug={channel.slug} name={channel.name} image={channel.avatar} className="size-8 text-xs" />
            <span className="min-w-0 flex-1">
              <span className="block truncate text-sm font-semibold">{channel.name}</span>
              <span className="block truncate text-xs text-soft">{channel.about}</span>
            </span>
            <span className="flex items-center gap-1.5 text-xs text-soft tabular">
              <span className="size-2 rounded-full bg-ember" />
              {channel.viewers > 0 && (
                <>
                  <span aria-hidden="true">{compact(channel.viewers)}</span>
                  <span className="sr-only">{text('channel.viewers', { count: channel.viewers })}</span>
                </>
              )}
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
