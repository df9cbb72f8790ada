import { Link } from '@tanstack/react-router';
import { useText } from '@/lib/intl';
import { buttonClass } from '@/ui/Button';
import { Notice } from '@/ui/Notice';
import { useSiteName } from './use_site_name';
import { useTitle } from './use_title';

export function NotFoundPage() {
  const text = useText();
  useTitle(text('title.not_found', { site: useSiteName() }));
  return (
    <Notice kicker={text('not_found.code')} title={text('not_found.title')} body={text('not_found.body')}>
      <Link to="/" className={buttonClass()}>
        {text('action.back_home')}
      </Link>
    </Notice>
  );
}
