import { Share2 } from 'lucide-react';
import { lazy, Suspense, useState } from 'react';
import { useText } from '@/lib/intl';
import { Button } from '@/ui/Button';

const ShareDialog = lazy(() => import('./ShareDialog').then((module) => ({ default: module.ShareDialog })));

/** A channel's addresses, to pass on. */
export function ShareButton({ slug, name }: { slug: string; name: string }) {
  const text = useText();
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button look="outline" onClick={() => setOpen(true)}>
        <Share2 className="size-4" />
        {text('share.share')}
      </Button>
      {open && (
        <Suspense>
          <ShareDialog slug={slug} name={name} onClose={() => setOpen(false)} />
        </Suspense>
      )}
    </>
  );
}
