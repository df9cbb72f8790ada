import { useId, type InputHTMLAttributes, type Ref } from 'react';

type SwitchProps = Omit<InputHTMLAttributes<HTMLInputElement>, 'id' | 'className' | 'type'> & { ref?: Ref<HTMLInputElement>; label: string; hint?: string };

/** On or off, at once clear which. A checkbox underneath, so forms and keyboards know it. */
export function Switch({ label, hint, ...input }: SwitchProps) {
  const id = useId();
  return (
    <div className="flex items-start gap-3">
      <span className="relative mt-0.5 inline-flex h-6 w-11 shrink-0">
        <input
          id={id}
          type="checkbox"
          role="switch"
          aria-describedby={hint ? `${id}-hint` : undefined}
          {...input}
          className="peer size-full cursor-pointer appearance-none rounded-full border border-line-strong bg-raised transition-colors checked:border-transparent checked:bg-ember disabled:opacity-50"
        />
        <span
          aria-hidden="true"
          className="pointer-events-none absolute top-1 left-1 size-4 rounded-full bg-soft transition-[translate,background-color] peer-checked:translate-x-5 peer-checked:bg-ember-ink"
        />
      </span>
      <span>
        <label htmlFor={id} className="text-sm font-medium">
          {label}
        </label>
        {hint && (
          <p id={`${id}-hint`} className="mt-0.5 text-sm text-soft">
            {hint}
          </p>
        )}
      </span>
    </div>
  );
}
