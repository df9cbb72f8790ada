// What an operator may set about channels.
#pragma once

#include "base/config.hpp"

namespace ae::channels {

struct ChannelsConfig {
    /// How many channels an account may have.
    std::int64_t most_per_user = 5;
    /// How many stream keys a channel may have at a time.
    std::int64_t most_keys = 10;
};

void describe(config::Section& section, ChannelsConfig& config);

}  // namespace ae::channels
