import { Check, X } from 'lucide-react';
import type { InputHTMLAttributes, Ref } from 'react';
import { useText } from '@/lib/intl';
import { Spinner } from '@/ui/Spinner';
import { TextInput } from '@/ui/TextInput';
import type { NameState } from './use_name_check';

type UsernameInputProps = Omit<InputHTMLAttributes<HTMLInputElement>, 'id' | 'className' | 'prefix'> & {
  ref?: Ref<HTMLInputElement>;
  check: NameState;
  error: string | undefined;
  onSuggestion: (name: string) => void;
};

/** A username, with what the server thinks of it and what else could be had. */
export function UsernameInput({ check, error, onSuggestion, ...input }: UsernameInputProps) {
  const text = useText();
  const refused = check.state === 'refused' ? text(check.reason?.includes('reserved') ? 'problem.name_reserved' : 'problem.name_taken') : undefined;
  return (
    <div>
      <TextInput
        label={text('form.username')}
        hint={text('form.username_hint')}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        prefix="@"
        error={error ?? refused}
        end={<Verdict state={check.state} />}
        {...input}
      />
      <p role="status" className="sr-only">
        {check.state === 'free' ? text('form.username_free') : ''}
      </p>
      {check.state === 'refused' && check.suggestions.length > 0 && (
        <div className="mt-2 flex flex-wrap items-center gap-2 text-sm">
          <span className="text-soft">{text('form.suggestions')}</span>
          {check.suggestions.map((name) => (
            <button
              key={name}
              type="button"
              onClick={() => onSuggestion(name)}
              className="min-h-8 rounded-full border border-line-strong px-3 font-medium text-ink hover:bg-hover"
            >
              {name}
            </button>
          ))}
        </div>
      )}
    </div>
  );
}

function Verdict({ state }: { state: NameState['state'] }) {
  return (
    <span aria-hidden="true" className="grid size-8 place-items-center">
      {state === 'asking' && <Spinner className="size-4 text-faint" />}
      {state === 'free' && <Check className="size-4.5 text-ok" />}
      {state === 'refused' && <X className="size-4.5 text-warn" />}
    </span>
  );
}
