// What the API shows of channels and streams: JSON by description, in the words of the product documents.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include <boost/describe.hpp>

#include "channels/channel_service.hpp"
#include "channels/stream_view.hpp"

namespace ae::channels::wire {

// NOLINTNEXTLINE(readability-identifier-naming): they are the words of the wire
enum class Status { OFFLINE, LIVE, ENDING, ARCHIVED };
BOOST_DESCRIBE_ENUM(Status, OFFLINE, LIVE, ENDING, ARCHIVED)

/// When an encoder comes: on air at once (`auto`), or after its owner looked (`preview`).
enum class StartsWith { auto_, preview };
BOOST_DESCRIBE_ENUM(StartsWith, auto_, preview)

/// An account as a label on something else.
struct Person {
    UserId id;
    std::string username;
    std::string displayName;
    std::optional<std::string> avatar;
};
BOOST_DESCRIBE_STRUCT(Person, (), (id, username, displayName, avatar))

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
    /// Why it came into this status: a word for its owner.
    std::string reason;
    std::optional<WallTime> startTime;
    std::optional<WallTime> endTime;
    std::int64_t viewerCount = 0;
    std::int64_t peakViewers = 0;
    /// Seconds.
    std::int64_t duration = 0;
    bool reconnecting = false;
    /// An encoder sends, and the owner alone can watch until the stream goes live.
    bool preview = false;
    std::optional<std::string> hlsUrl;
    std::optional<std::string> thumbnailUrl;
    bool hasVideo = false;
    bool hasAudio = false;
    ChannelLabel channel;
};
BOOST_DESCRIBE_STRUCT(Stream, (),
                      (id, channelId, title, description, category, status, reason, startTime, endTime, viewerCount, peakViewers, duration,
                       reconnecting, preview, hlsUrl, thumbnailUrl, hasVideo, hasAudio, channel))

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
    std::optional<UserId> creatorId;
    std::optional<Person> creator;
    social::SocialLinks socialLinks;
    StartsWith startsWith = StartsWith::auto_;
    bool isFollowing = false;
    bool isOwner = false;
    std::optional<Stream> stream;
};
BOOST_DESCRIBE_STRUCT(Channel, (),
                      (id, slug, name, description, category, tags, language, isPublic, avatar, banner, followerCount, viewCount, createdAt,
                       creatorId, creator, socialLinks, startsWith, isFollowing, isOwner, stream))

Stream stream_of(const StreamView& view, ChannelLabel label);
Person person_of(const channels::Person& person);
Channel channel_of(const SeenChannel& seen, const std::optional<StreamView>& stream);
channels::StartsWith starts_with_of(StartsWith start);

}  // namespace ae::channels::wire
