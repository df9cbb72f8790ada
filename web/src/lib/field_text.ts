import type { FieldError } from 'react-hook-form';
import { useText } from './intl';
import type { MessageId } from './words';

/** What is wrong with a field, in words; nothing when all is well. A message that is no id comes from the server and is shown as it is. */
export function useFieldText(): (error: FieldError | undefined) => string | undefined {
  const text = useText();
  return (error) => {
    if (!error?.message) return undefined;
    return error.message.startsWith('form.') || error.message.startsWith('problem.') ? text(error.message as MessageId) : error.message;
  };
}
