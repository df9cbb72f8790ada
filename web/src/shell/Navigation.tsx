import { Link } from '@tanstack/react-router';
import { Menu, Moon, Sun } from 'lucide-react';
import type { ReactNode } from 'react';
import { useText } from '@/lib/intl';
import { setTheme, useTheme } from '@/lib/theme';
import { IconButton } from '@/ui/IconButton';
import { Logo } from '@/ui/Logo';

interface NavigationProps {
  siteName: string;
  logoUrl: string | null;
  /** Absent where there is no list to open. */
  onMenu: (() => void) | undefined;
  /** Who is signed in, or the way to be. */
  account: ReactNode;
}

export function Navigation({ siteName, logoUrl, onMenu, account }: NavigationProps) {
  const text = useText();
  return (
    <header className="sticky top-0 z-30 border-b border-line bg-canvas/85 backdrop-blur-md">
      <nav aria-label={text('nav.label')} className="flex h-14 items-center gap-1 px-3 sm:gap-2 sm:px-5">
        {onMenu && (
          <IconButton label={text('nav.menu')} className="lg:hidden" onClick={onMenu}>
            <Menu className="size-5" />
          </IconButton>
        )}
        <Link to="/" aria-label={text('nav.home', { site: siteName })} className="flex min-h-10 min-w-0 items-center gap-2.5 rounded-lg pr-2">
          {logoUrl ? <img src={logoUrl} alt="" className="h-7 w-auto" /> : <Logo className="size-7" />}
          <span className="truncate text-[17px] font-semibold tracking-tight max-[26rem]:sr-only">{siteName}</span>
        </Link>
        <span className="flex-1" />
        <ThemeButton />
        {account}
      </nav>
    </header>
  );
}

function ThemeButton() {
  const text = useText();
  const theme = useTheme();
  const dark = theme === 'dark';
  return (
    <IconButton label={text(dark ? 'nav.theme_light' : 'nav.theme_dark')} onClick={() => setTheme(dark ? 'light' : 'dark')}>
      {dark ? <Sun className="size-5" /> : <Moon className="size-5" />}
    </IconButton>
  );
}
