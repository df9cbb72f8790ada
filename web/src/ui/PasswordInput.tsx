import { Eye, EyeOff } from 'lucide-react';
import { useState, type InputHTMLAttributes, type Ref } from 'react';
import { useText } from '@/lib/intl';
import type { FieldProps } from './Field';
import { IconButton } from './IconButton';
import { TextInput } from './TextInput';

type PasswordInputProps = FieldProps &
  Omit<InputHTMLAttributes<HTMLInputElement>, 'id' | 'className' | 'type' | 'prefix'> & {
    ref?: Ref<HTMLInputElement>;
    /** What password managers make of it. */
    autoComplete: 'current-password' | 'new-password';
  };

export function PasswordInput(props: PasswordInputProps) {
  const text = useText();
  const [shown, setShown] = useState(false);
  return (
    <TextInput
      {...props}
      type={shown ? 'text' : 'password'}
      autoCapitalize="none"
      spellCheck={false}
      end={
        <IconButton label={text(shown ? 'form.hide_password' : 'form.show_password')} aria-pressed={shown} onClick={() => setShown(!shown)} className="size-9">
          {shown ? <EyeOff className="size-4.5" /> : <Eye className="size-4.5" />}
        </IconButton>
      }
    />
  );
}
