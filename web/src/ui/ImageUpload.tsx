import { lazy, Suspense, useId, useRef, useState } from 'react';
import { useText } from '@/lib/intl';
import { Button } from './Button';
import { cutPicture, openPicture } from './cut_picture';
import { FormProblem } from './FormProblem';
import { type Cropped } from './ImageCrop';
import { ProgressBar } from './ProgressBar';

const CropDialog = lazy(() => import('./CropDialog').then((module) => ({ default: module.CropDialog })));

interface ImageUploadProps {
  label: string;
  hint: string;
  aspect: number;
  round?: boolean;
  /** Sends it; says how far it is, from 0 to 1. What it throws becomes a sentence by `explain`. */
  onUpload: (picture: Blob, onProgress: (share: number) => void) => Promise<void>;
  explain: (error: unknown) => string;
}

/** Chooses a picture, cuts it, sends it. */
export function ImageUpload({ label, hint, aspect, round = false, onUpload, explain }: ImageUploadProps) {
  const text = useText();
  const id = useId();
  const input = useRef<HTMLInputElement>(null);
  const [picture, setPicture] = useState<HTMLImageElement | null>(null);
  const [progress, setProgress] = useState<number | null>(null);
  const [problem, setProblem] = useState<string | null>(null);

  async function choose(file: File | undefined) {
    if (!file) return;
    setProblem(null);
    const opened = await openPicture(file);
    if (opened) setPicture(opened);
    else setProblem(text('upload.not_a_picture'));
  }

  async function sendIt(cropped: Cropped) {
    setPicture(null);
    setProgress(0);
    try {
      await onUpload(await cutPicture(cropped), setProgress);
    } catch (error) {
      setProblem(explain(error));
    } finally {
      URL.revokeObjectURL(cropped.picture.src);
      setProgress(null);
    }
  }

  return (
    <div className="flex min-w-0 flex-1 flex-col gap-2">
      <input
        ref={input}
        id={id}
        type="file"
        accept="image/png,image/jpeg,image/webp,image/gif,image/avif"
        aria-label={label}
        className="sr-only"
        tabIndex={-1}
        onChange={(event) => {
          void choose(event.target.files?.[0]);
          // The same file can be chosen again.
          event.target.value = '';
        }}
      />
      <Button look="outline" className="self-start" disabled={progress !== null} onClick={() => input.current?.click()}>
        {label}
      </Button>
      <p className="text-sm text-soft">{hint}</p>
      {progress !== null && <ProgressBar share={progress} label={text('upload.progress')} />}
      {problem && <FormProblem>{problem}</FormProblem>}
      {picture && (
        <Suspense>
          <CropDialog picture={picture} aspect={aspect} round={round} title={label} onClose={() => setPicture(null)} onDone={(cropped) => void sendIt(cropped)} />
        </Suspense>
      )}
    </div>
  );
}
