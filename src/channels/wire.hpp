// What the API shows of channels and streams: JSON by description, in the words of the product documents.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "channels/channel.hpp"
#include "channels/stream_view.hpp"

namespace ae::channels::wire {

enum class Status { OFFLINE, LIVE, ENDING, ARCHIVED };
BOOST_DESCRIBE_ENUM(Status, OFFLINE, LIVE, ENDING, ARCHIVED)

/// A channel as a label on something else.
struct ChannelLabel {
    ChannelId id;
    std::string slug;
    std::string name;
    std::optional<std::string> avatar;
};
BOOST_DESCRIBE_STRUCT(ChannelLabel, (), (id, slug, name, avatar))

struct Stream {
    StreamId id;
    ChannelId channelId;
    std::string title;
    std::string description;
    std::string category;
    Status status = Status::OFFLINE;
    std::optional<WallTime> startTime;
    std::optional<WallTime> endTime;
    std::int64_t viewerCount = 0;
    std::int64_t peakViewers = 0;
    /// Seconds.
    std::int64_t duration = 0;
    bool reconnecting = false;
    std::optional<std::string> hlsUrl;
    std::optional<std::string> thumbnailUrl;
    bool hasVideo = false;
    bool hasAudio = false;
    ChannelLabel channel;
};
BOOST_DESCRIBE_STRUCT(Stream, (),
                      (id, channelId, title, description, category, status, startTime, endTime, viewerCount, peakViewers, duration, reconnecting,
                       hlsUrl, thumbnailUrl, hasVideo, hasAudio, channel))

struct Channel {
    ChannelId id;
    std::string slug;
    std::string name;
    std::string description;
    std::string category;
    std::vector<std::string> tags;
    std::string language;
    bool isPublic = true;
    std::optional<std::string> avatar;
    std::optional<std::string> banner;
    std::int64_t followerCount = 0;
    std::int64_t viewCount = 0;
    WallTime createdAt;
    std::optional<Stream> stream;
};
BOOST_DESCRIBE_STRUCT(Channel, (),
                      (id, slug, name, description, category, tags, language, isPublic, avatar, banner, followerCount, viewCount, createdAt, stream))

Stream stream_of(const StreamView& view, ChannelLabel label);
Channel channel_of(const channels::Channel& channel, const std::optional<StreamView>& stream);

}  // namespace ae::channels::wire
