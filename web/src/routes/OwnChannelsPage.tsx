import { useQueryClient } from '@tanstack/react-query';
import { useNavigate, useSearch } from '@tanstack/react-router';
import { AuthGuard } from '@/accounts/AuthGuard';
import { changeChannel, type ChannelDraft, createChannel } from '@/api/channels';
import { type Me, meQuery } from '@/api/people';
import { channelQuery } from '@/api/queries';
import type { Channel } from '@/api/types';
import { BannerUpload } from '@/dashboard/BannerUpload';
import { ChannelForm } from '@/dashboard/ChannelForm';
import { ChannelTabs } from '@/dashboard/ChannelTabs';
import { DeleteChannel } from '@/dashboard/DeleteChannel';
import { StreamKeys } from '@/dashboard/StreamKeys';
import { useText } from '@/lib/intl';
import { Panel } from '@/ui/Panel';
import { showToast } from '@/ui/toasts';
import { DeskFrame } from './DeskFrame';
import { OwnChannelGate } from './OwnChannelGate';
import { useSiteName } from './use_site_name';
import { useTitle } from './use_title';

export function OwnChannelsPage() {
  const text = useText();
  useTitle(text('title.own_channels', { site: useSiteName() }));
  return <AuthGuard>{(me) => <OwnChannels me={me} />}</AuthGuard>;
}

function OwnChannels({ me }: { me: Me }) {
  const text = useText();
  const { channel: wanted, fresh } = useSearch({ from: '/dashboard/channel' });
  const chosen = fresh ? undefined : (me.channels.find(({ slug }) => slug === wanted) ?? me.channels[0]);
  return (
    <DeskFrame title={chosen ? chosen.name : text('dashboard.new_channel')} body={chosen ? '' : text('channel_form.new_body')}>
      <ChannelTabs channels={me.channels} chosen={chosen?.slug ?? ''} to="/dashboard/channel" />
      {chosen ? <OwnChannelGate slug={chosen.slug}>{(channel) => <Edit key={channel.id} channel={channel} />}</OwnChannelGate> : <New me={me} />}
    </DeskFrame>
  );
}

function New({ me }: { me: Me }) {
  const text = useText();
  const client = useQueryClient();
  const navigate = useNavigate();

  async function create(draft: ChannelDraft) {
    const made = await createChannel(draft);
    await client.invalidateQueries({ queryKey: meQuery.queryKey });
    showToast(text('channel_form.created', { name: made.name }));
    await navigate({ to: '/dashboard', search: { channel: made.slug } });
  }

  return (
    <Panel title={text('channel_form.title')} className="max-w-3xl">
      <ChannelForm language={me.language} submitText={text('channel_form.create')} onSubmit={create} />
    </Panel>
  );
}

function Edit({ channel }: { channel: Channel }) {
  const text = useText();
  const client = useQueryClient();
  const navigate = useNavigate();
  const refresh = async () => {
    await client.invalidateQueries({ queryKey: meQuery.queryKey });
    await client.invalidateQueries({ queryKey: channelQuery(channel.slug).queryKey });
  };

  async function change(draft: ChannelDraft) {
    const changed = await changeChannel(channel.slug, draft);
    client.setQueryData(channelQuery(changed.slug).queryKey, changed);
    await client.invalidateQueries({ queryKey: meQuery.queryKey });
    showToast(text('channel_form.saved'));
    if (changed.slug !== channel.slug) await navigate({ to: '/dashboard/channel', search: { channel: changed.slug }, replace: true });
  }

  async function gone() {
    await navigate({ to: '/dashboard' });
    await client.invalidateQueries({ queryKey: meQuery.queryKey });
    showToast(text('channel_form.deleted'));
  }

  return (
    <div className="grid items-start gap-5 xl:grid-cols-[1fr_24rem]">
      <Panel title={text('channel_form.title')}>
        <ChannelForm channel={channel} language={channel.language} submitText={text('action.save')} onSubmit={change} />
      </Panel>
      <div className="flex flex-col gap-5">
        <Panel title={text('channel_form.pictures')}>
          <BannerUpload channel={channel} onChanged={() => void refresh()} />
        </Panel>
        <Panel title={text('keys.title')} body={text('keys.body')}>
          <StreamKeys slug={channel.slug} />
        </Panel>
        <Panel title={text('channel_form.delete_panel')} body={text('channel_form.delete_panel_body')}>
          <DeleteChannel channel={channel} onDeleted={() => void gone()} />
        </Panel>
      </div>
    </div>
  );
}
