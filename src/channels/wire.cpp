#include "channels/wire.hpp"

namespace ae::channels::wire {

namespace {

Status status_of(StreamStatus status) {
    switch (status) {
        case StreamStatus::offline: return Status::OFFLINE;
        case StreamStatus::live: return Status::LIVE;
        case StreamStatus::ending: return Status::ENDING;
        case StreamStatus::archived: return Status::ARCHIVED;
    }
    return Status::OFFLINE;
}

}  // namespace

Stream stream_of(const StreamView& view, ChannelLabel label) {
    return {.id = view.id,
            .channelId = view.channel,
            .title = view.title,
            .description = view.description,
            .category = view.category,
            .status = status_of(view.status),
            .reason = view.reason,
            .startTime = view.start_time,
            .endTime = view.end_time,
            .viewerCount = view.viewer_count,
            .peakViewers = view.peak_viewers,
            .duration = view.duration.count(),
            .reconnecting = view.reconnecting,
            .preview = view.preview,
            .hlsUrl = view.hls_url,
            .thumbnailUrl = view.thumbnail_url,
            .hasVideo = view.has_video,
            .hasAudio = view.has_audio,
            .channel = std::move(label)};
}

Person person_of(const channels::Person& person) { return {person.id, person.username, person.display_name, person.avatar}; }

channels::StartsWith starts_with_of(StartsWith start) {
    return start == StartsWith::preview ? channels::StartsWith::preview : channels::StartsWith::at_once;
}

Channel channel_of(const SeenChannel& seen, const std::optional<StreamView>& stream) {
    const auto& channel = seen.channel;
    Channel shown{.id = channel.id,
                  .slug = channel.slug,
                  .name = channel.name,
                  .description = channel.description,
                  .category = channel.category,
                  .tags = channel.tags,
                  .language = channel.language,
                  .isPublic = channel.is_public,
                  .avatar = channel.avatar,
                  .banner = channel.banner,
                  .followerCount = channel.follower_count,
                  .viewCount = channel.view_count,
                  .createdAt = channel.created_at,
                  .creatorId = channel.creator,
                  .creator = std::nullopt,
                  .socialLinks = channel.links,
                  .startsWith = channel.starts_with == channels::StartsWith::preview ? StartsWith::preview : StartsWith::auto_,
                  .isFollowing = seen.is_following,
                  .isOwner = seen.is_owner,
                  .stream = std::nullopt};
    if (seen.creator) shown.creator = person_of(*seen.creator);
    if (stream) shown.stream = stream_of(*stream, {channel.id, channel.slug, channel.name, channel.avatar});
    return shown;
}

}  // namespace ae::channels::wire
