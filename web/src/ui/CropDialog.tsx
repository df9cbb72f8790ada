import { useState } from 'react';
import { useText } from '@/lib/intl';
import { Button } from './Button';
import { kUncropped, sourceRectangle } from './crop_box';
import { Dialog } from './Dialog';
import { type Cropped, ImageCrop } from './ImageCrop';

interface CropDialogProps {
  picture: HTMLImageElement;
  aspect: number;
  round: boolean;
  title: string;
  onClose: () => void;
  onDone: (cropped: Cropped) => void;
}

export function CropDialog({ picture, aspect, round, title, onClose, onDone }: CropDialogProps) {
  const text = useText();
  const [cropped, setCropped] = useState<Cropped>(() => ({
    picture,
    ...sourceRectangle(kUncropped, { width: picture.naturalWidth, height: picture.naturalHeight }, aspect),
  }));
  return (
    <Dialog title={title} body={text('crop.body')} onClose={onClose}>
      <ImageCrop picture={picture} aspect={aspect} round={round} onChange={setCropped} />
      <div className="mt-5 flex justify-end gap-3">
        <Button look="quiet" onClick={onClose}>
          {text('action.cancel')}
        </Button>
        <Button onClick={() => onDone(cropped)}>{text('crop.use')}</Button>
      </div>
    </Dialog>
  );
}
