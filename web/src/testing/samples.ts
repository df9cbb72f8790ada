import type { Me } from '@/api/people';
import type { Channel, Site, Stream } from '@/api/types';

const kNoLinks: Channel['socialLinks'] = {
  website: null,
  youtube: null,
  twitch: null,
  twitter: null,
  instagram: null,
  tiktok: null,
  discord: null,
  facebook: null,
  github: null,
  bluesky: null,
  mastodon: null,
};

export function sampleStream(some: Partial<Stream> = {}): Stream {
  return {
    id: 'stream-1',
    channelId: 'channel-1',
    title: 'Crossing the Skagerrak',
    description: '',
    category: 'Travel',
    status: 'LIVE',
    startTime: '2026-11-20T08:00:00Z',
    endTime: null,
    viewerCount: 1234,
    peakViewers: 2000,
    duration: 0,
    reconnecting: false,
    reason: '',
    preview: false,
    hlsUrl: '/hls/stream-1/master.m3u8',
    thumbnailUrl: null,
    hasVideo: true,
    hasAudio: true,
    channel: { id: 'channel-1', slug: 'night-ferry', name: 'Night Ferry', avatar: null },
    ...some,
  };
}

export function sampleChannel(some: Partial<Channel> = {}): Channel {
  return {
    id: 'channel-1',
    slug: 'night-ferry',
    name: 'Night Ferry',
    description: 'Two people, one boat.',
    category: 'Travel',
    tags: ['slow tv'],
    language: 'en',
    isPublic: true,
    avatar: null,
    banner: null,
    followerCount: 3,
    viewCount: 48_000,
    createdAt: '2026-03-02T10:00:00Z',
    creatorId: 'user-2',
    creator: { id: 'user-2', username: 'grace', displayName: 'Grace', avatar: null },
    socialLinks: kNoLinks,
    startsWith: 'auto',
    isFollowing: false,
    isOwner: false,
    stream: null,
    ...some,
  };
}

export const sampleSite: Site = {
  name: 'Lighthouse',
  logoUrl: null,
  supportAddress: 'help@example.org',
  termsUrl: 'https://example.org/terms',
  ingestUrl: 'rtmp://example.org:1935/live',
  publicUrl: 'https://example.org',
};

export function sampleMe(some: Partial<Me> = {}): Me {
  return {
    id: 'user-1',
    username: 'ada',
    displayName: 'Ada',
    email: 'ada@example.org',
    emailVerified: true,
    avatar: null,
    bio: '',
    role: 'viewer',
    onboarded: true,
    language: 'en',
    theme: 'dark',
    notificationEmail: null,
    socialLinks: kNoLinks,
    twoFactor: false,
    followerCount: 0,
    followingCount: 0,
    createdAt: '2026-03-02T10:00:00Z',
    channels: [],
    ...some,
  };
}
