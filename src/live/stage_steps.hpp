// Small pieces that the stage's files share.
#pragma once

#include "base/metrics.hpp"
#include "base/text_map.hpp"
#include "live/broadcast.hpp"
#include "live/stream_store.hpp"

namespace ae::live {

/// Another run of the stream's packager, with numbers nobody has seen, written down before they are used.
StreamRun take_run(db::Transaction& transaction, const StreamId& stream, WallTime now);

metrics::Gauge& live_gauge();

/// The channel is in the map as long as this lives, also when several hold it.
class Counted {
  public:
    Counted(TextMap<int>& map, std::string channel) : map_(map), channel_(std::move(channel)) { ++map_[channel_]; }
    Counted(const Counted&) = delete;
    Counted& operator=(const Counted&) = delete;
    ~Counted() {
        const auto found = map_.find(channel_);
        if (--found->second == 0) map_.erase(found);
    }

  private:
    TextMap<int>& map_;
    std::string channel_;
};

}  // namespace ae::live
