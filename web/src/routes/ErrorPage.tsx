import { useText } from '@/lib/intl';
import { Button } from '@/ui/Button';
import { Notice } from '@/ui/Notice';
import { useSiteName } from './use_site_name';
import { useTitle } from './use_title';

/** Drawn instead of a page that broke. A reload is the honest way out: it also brings a newer version of the app. */
export function ErrorPage() {
  const text = useText();
  useTitle(text('title.error', { site: useSiteName() }));
  return (
    <div role="alert">
      <Notice title={text('error.title')} body={text('error.body')}>
        <Button onClick={() => location.reload()}>{text('action.reload')}</Button>
      </Notice>
    </div>
  );
}
