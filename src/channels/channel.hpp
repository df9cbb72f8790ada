// A channel: where a creator's broadcasts are found. Its stream keys let encoders in.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "base/id.hpp"
#include "channels/people.hpp"
#include "social/links.hpp"

namespace ae::channels {

using ChannelId = Id<struct ChannelTag>;
using StreamKeyId = Id<struct StreamKeyTag>;

/// What happens when an encoder comes: the broadcast is on air at once, or its owner looks at it first and then goes live.
enum class StartsWith { at_once, preview };
std::string_view starts_with_word(StartsWith start);
StartsWith starts_with_of(std::string_view word);

struct Channel {
    ChannelId id;
    std::string slug;
    std::string name;
    std::string description = {};
    std::string category = "just-chatting";
    std::vector<std::string> tags = {};
    std::string language = {};
    bool is_public = true;
    std::optional<std::string> avatar = {};
    std::optional<std::string> banner = {};
    std::int64_t follower_count = 0;
    std::int64_t view_count = 0;
    WallTime created_at = {};
    WallTime updated_at = {};
    /// Absent: made by the command line.
    std::optional<UserId> creator = {};
    social::SocialLinks links = {};
    StartsWith starts_with = StartsWith::at_once;
};

/// What a creator says about a new channel.
struct ChannelDraft {
    std::string name;
    std::string slug;
    std::string description = {};
    std::string category = "just-chatting";
    std::vector<std::string> tags = {};
    std::string language = {};
    bool is_public = true;
    social::SocialLinks links = {};
    StartsWith starts_with = StartsWith::at_once;
};

/// What its owner wants otherwise; what is absent stays.
struct ChannelChange {
    std::optional<std::string> name = {};
    std::optional<std::string> slug = {};
    std::optional<std::string> description = {};
    std::optional<std::string> category = {};
    std::optional<std::vector<std::string>> tags = {};
    std::optional<std::string> language = {};
    std::optional<bool> is_public = {};
    std::optional<social::SocialLinks> links = {};
    std::optional<StartsWith> starts_with = {};
};

/// What a channel can be about: a row of the seeded list.
struct Category {
    std::string slug;
    std::string name;
};

/// What is kept of a stream key: enough to know it again and to show it to its owner, useless without the server's secret.
struct StreamKey {
    StreamKeyId id;
    ChannelId channel;
    std::string name;
    Bytes lookup_hash;
    Bytes sealed_key;
    std::string last_four;
    WallTime created_at = {};
    std::optional<WallTime> last_used_at = {};
    std::optional<std::string> last_used_address = {};
};

}  // namespace ae::channels
