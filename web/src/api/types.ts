/** A broadcast: a session that outlives its encoder's connection. */
export interface Stream {
  id: string;
  channelId: string;
  title: string;
  description: string;
  category: string;
  status: 'OFFLINE' | 'LIVE' | 'ENDING' | 'ARCHIVED';
  startTime: string | null;
  endTime: string | null;
  viewerCount: number;
  peakViewers: number;
  duration: number;
  reconnecting: boolean;
  hlsUrl: string | null;
  thumbnailUrl: string | null;
  hasVideo: boolean;
  hasAudio: boolean;
  channel: ChannelLabel;
}

export interface ChannelLabel {
  id: string;
  slug: string;
  name: string;
  avatar: string | null;
}

export interface Channel {
  id: string;
  slug: string;
  name: string;
  description: string;
  category: string;
  tags: string[];
  language: string;
  isPublic: boolean;
  avatar: string | null;
  banner: string | null;
  followerCount: number;
  viewCount: number;
  createdAt: string;
  stream: Stream | null;
}

export interface StreamPage {
  items: Stream[];
  next: string | null;
}

export interface Site {
  name: string;
  logoUrl: string | null;
  supportAddress: string | null;
  termsUrl: string | null;
  ingestUrl: string;
  publicUrl: string;
}
