// A channel: where a creator's broadcasts are found. Its stream keys let encoders in.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/bytes.hpp"
#include "base/id.hpp"

namespace ae::channels {

using ChannelId = Id<struct ChannelTag>;
using StreamKeyId = Id<struct StreamKeyTag>;

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
