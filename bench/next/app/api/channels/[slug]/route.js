// A channel by its slug, from the database, as our own server answers it.
import { Pool } from 'pg';

export const dynamic = 'force-dynamic';

const pool = new Pool({ connectionString: process.env.DATABASE_URL, max: 20 });
const query = `SELECT id, slug, name, description, category, tags, language, is_public, avatar, banner, follower_count, view_count, created_at, social_links
                 FROM channels WHERE slug = $1 AND deleted_at IS NULL AND is_public`;
const current = `SELECT id, title FROM streams WHERE channel_id = $1 AND status = 'LIVE'`;

export async function GET(_request, { params }) {
    const { slug } = await params;
    const { rows: [channel] } = await pool.query({ name: 'channel', text: query, values: [slug] });
    if (!channel) return Response.json({ code: 'channel_not_found' }, { status: 404 });
    const { rows: [stream] } = await pool.query({ name: 'current', text: current, values: [channel.id] });
    return Response.json({
        id: channel.id, slug: channel.slug, name: channel.name, description: channel.description, category: channel.category, tags: JSON.parse(channel.tags),
        language: channel.language, isPublic: channel.is_public, avatar: channel.avatar, banner: channel.banner, followerCount: Number(channel.follower_count),
        viewCount: Number(channel.view_count), createdAt: new Date(Number(channel.created_at) / 1000).toISOString(), socialLinks: JSON.parse(channel.social_links), stream: stream ?? null,
    });
}
