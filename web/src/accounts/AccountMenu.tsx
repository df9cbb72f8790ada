import { Link } from '@tanstack/react-router';
import { LayoutDashboard, LogOut, RadioTower, Settings, UserRound } from 'lucide-react';
import { type Me, nameOf } from '@/api/people';
import { useText } from '@/lib/intl';
import { Avatar } from '@/ui/Avatar';
import { Menu, MenuItem, MenuLine } from '@/ui/Menu';
import { AccountFace } from './AccountFace';

interface AccountMenuProps {
  me: Me;
  onLogout: () => void;
  /** Drawn because somebody just pressed the button that stood here before. */
  defaultOpen: boolean;
}

/** What one can do as oneself. Fetched when the button is first pointed at: most pages are left without it. */
export function AccountMenu({ me, onLogout, defaultOpen }: AccountMenuProps) {
  const text = useText();
  const name = nameOf(me);
  return (
    <Menu
      defaultOpen={defaultOpen}
      trigger={<AccountFace me={me} />}
      heading={
        <span className="flex items-center gap-3">
          <Avatar slug={me.username ?? me.id} name={name} image={me.avatar} className="size-9 text-sm" />
          <span className="min-w-0">
            <span className="block truncate text-sm font-semibold">{name}</span>
            <span className="block truncate text-xs text-soft">{me.username ? `@${me.username}` : me.email}</span>
          </span>
        </span>
      }
    >
      <MenuItem asChild>
        <Link to="/dashboard">
          <LayoutDashboard />
          {text('account.dashboard')}
        </Link>
      </MenuItem>
      <MenuItem asChild>
        <Link to="/dashboard/channel">
          <RadioTower />
          {text('account.channel')}
        </Link>
      </MenuItem>
      <MenuItem asChild>
        <Link to="/dashboard/profile">
          <UserRound />
          {text('account.profile')}
        </Link>
      </MenuItem>
      <MenuItem asChild>
        <Link to="/settings">
          <Settings />
          {text('account.settings')}
        </Link>
      </MenuItem>
      <MenuLine />
      <MenuItem onChoose={onLogout}>
        <LogOut />
        {text('account.logout')}
      </MenuItem>
    </Menu>
  );
}
