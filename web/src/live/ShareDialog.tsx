import { Share2 } from 'lucide-react';
import { useText } from '@/lib/intl';
import { Button } from '@/ui/Button';
import { CopyField } from '@/ui/CopyField';
import { Dialog } from '@/ui/Dialog';

interface ShareDialogProps {
  slug: string;
  name: string;
  onClose: () => void;
}

const kCanShare = typeof navigator !== 'undefined' && 'share' in navigator;

function embedCode(origin: string, slug: string, title: string): string {
  const quoted = title.replaceAll('&', '&amp;').replaceAll('"', '&quot;').replaceAll('<', '&lt;');
  return `<iframe src="${origin}/embed/${slug}" title="${quoted}" width="640" height="360" allow="autoplay; fullscreen; picture-in-picture" allowfullscreen></iframe>`;
}

export function ShareDialog({ slug, name, onClose }: ShareDialogProps) {
  const text = useText();
  const { origin } = location;
  const address = `${origin}/streams/${slug}`;
  return (
    <Dialog title={text('share.title', { name })} onClose={onClose}>
      <div className="flex flex-col gap-4">
        <div>
          <h3 className="mb-2 text-sm font-medium">{text('share.link')}</h3>
          <CopyField value={address} what={text('share.link')} />
        </div>
        <div>
          <h3 className="mb-2 text-sm font-medium">{text('share.embed')}</h3>
          <CopyField value={embedCode(origin, slug, name)} what={text('share.embed')} />
        </div>
        {kCanShare && (
          // Closing the system's own sheet is no failure.
          <Button look="outline" onClick={() => void navigator.share({ title: name, url: address }).catch(() => undefined)}>
            <Share2 className="size-4" />
            {text('share.system')}
          </Button>
        )}
      </div>
    </Dialog>
  );
}
