import type { ButtonHTMLAttributes, Ref } from 'react';
import { type Me, nameOf } from '@/api/people';
import { useText } from '@/lib/intl';
import { Avatar } from '@/ui/Avatar';

type AccountFaceProps = ButtonHTMLAttributes<HTMLButtonElement> & { ref?: Ref<HTMLButtonElement>; me: Me };

/** One's own face in the corner: the button of the account's menu. */
export function AccountFace({ me, ...button }: AccountFaceProps) {
  const text = useText();
  const name = nameOf(me);
  return (
    <button type="button" aria-haspopup="menu" aria-label={text('account.menu', { name })} title={name} {...button} className="grid size-10 place-items-center rounded-full hover:bg-hover">
      <Avatar slug={me.username ?? me.id} name={name} image={me.avatar} className="size-8 text-xs" />
    </button>
  );
}
