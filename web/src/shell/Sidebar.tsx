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
  /** Whether large screens show the list all the time. */
  rail: boolean;
  /** The drawer of small screens; on large ones the list always stands there. */
  open: boolean;
  onClose: () => void;
}

export function Sidebar({ channels, rail, open, onClose }: SidebarProps) {
  const text = useText();
  return (
    <>
      {rail && (
        <aside
          aria-label={text('sidebar.label')}
          className="sticky top-14 hidden h-[calc(100dvh-3.5rem)] w-60 shrink-0 overflow-y-auto border-r border-line p-3 lg:block"
        >
          <h2 className="px-2 pt-1 pb-2 text-xs font-semibold tracking-wide text-faint uppercase">{text('sidebar.title')}</h2>
          <ChannelList channels={channels} onChoose={onClose} />
        </aside>
      )}
      <Drawer channels={channels} open={open} onClose={onClose} />
    </>
  );
}

function Drawer({ channels, open, onClose }: Omit<SidebarProps, 'rail'>) {
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
          <h2 className="text-sm font-semibold">{text('sidebar.title')}</h2>
          <IconButton label={text('action.close')} onClick={onClose}>
            <X className="size-5" />
          </IconButton>
        </div>
        <ChannelList channels={channels} onChoose={onClose} />
      </div>
    </dialog>
  );
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
