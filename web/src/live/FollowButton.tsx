import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useRouter } from '@tanstack/react-router';
import { Heart } from 'lucide-react';
import { useState } from 'react';
import { followedQuery, setFollowing } from '@/api/channels';
import { meQuery } from '@/api/people';
import { channelQuery } from '@/api/queries';
import type { Channel } from '@/api/types';
import { classes } from '@/lib/class_names';
import { useText } from '@/lib/intl';
import { Button, buttonClass } from '@/ui/Button';
import { showToast } from '@/ui/toasts';

/** Follows a channel, or no longer. It shows the wish at once and the truth when the server answered. */
export function FollowButton({ channel }: { channel: Channel }) {
  const text = useText();
  const client = useQueryClient();
  const router = useRouter();
  const { data: me } = useQuery(meQuery);
  const [wished, setWished] = useState<boolean | null>(null);
  const following = wished ?? channel.isFollowing;
  if (channel.isOwner) return null;
  if (!me) {
    return (
      <Link to="/auth/login" search={{ next: router.state.location.href }} className={buttonClass()}>
        <Heart className="size-4" />
        {text('follow.follow')}
      </Link>
    );
  }

  async function toggle() {
    setWished(!following);
    try {
      const answer = await setFollowing(channel.slug, !following);
      client.setQueryData(channelQuery(channel.slug).queryKey, (old) => old && { ...old, ...answer });
      void client.invalidateQueries({ queryKey: followedQuery.queryKey });
    } catch {
      showToast(text('error.title'), 'bad');
    } finally {
      setWished(null);
    }
  }

  return (
    <Button look={following ? 'outline' : 'solid'} aria-pressed={following} disabled={wished !== null} onClick={() => void toggle()}>
      <Heart className={classes('size-4', following && 'fill-current text-ember-text')} />
      {text(following ? 'follow.following' : 'follow.follow')}
    </Button>
  );
}
