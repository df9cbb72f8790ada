import { classes } from '@/lib/class_names';
import { SlugArt } from './SlugArt';

interface AvatarProps {
  slug: string;
  name: string;
  image: string | null;
  className?: string;
  live?: boolean;
}

/** A channel's face. Its name always stands beside it, so the picture itself says nothing to a screen reader. */
export function Avatar({ slug, name, image, className, live = false }: AvatarProps) {
  const initial = String.fromCodePoint(name.codePointAt(0) ?? 32).toUpperCase();
  return (
    <span
      aria-hidden="true"
      className={classes(
        'relative grid shrink-0 place-items-center overflow-hidden rounded-full bg-raised',
        live && 'ring-2 ring-ember ring-offset-2 ring-offset-canvas',
        className,
      )}
    >
      {image ? (
        <img src={image} alt="" className="size-full object-cover" />
      ) : (
        <>
          <SlugArt slug={slug} className="absolute inset-0 size-full opacity-80" />
          <span className="absolute inset-0 bg-black/45" />
          <span className="relative font-semibold text-white">{initial}</span>
        </>
      )}
    </span>
  );
}
