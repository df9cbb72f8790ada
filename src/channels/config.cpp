#include "channels/config.hpp"

namespace ae::channels {

void describe(config::Section& section, ChannelsConfig& config) {
    auto& channels = section.field("most_per_user", &config.most_per_user, "How many channels an account may have.");
    channels.least = 0;
    channels.most = 1'000;
    auto& keys = section.field("most_keys", &config.most_keys, "How many stream keys a channel may have at a time.");
    keys.least = 1;
    keys.most = 100;
}

}  // namespace ae::channels
