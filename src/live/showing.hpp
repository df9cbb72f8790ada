// What every shard knows of a stream that is on the stage: its row as it was last written, and what changes by the second. Immutable; the home shard
// makes each new one and hands it to all.
#pragma once

#include <memory>

#include "live/broadcast.hpp"
#include "live/stream_store.hpp"

namespace ae::live {

struct Showing {
    StreamRecord record;
    LiveFacts facts;
    /// The channel is for everybody; a stream that is not LIVE yet is its owner's all the same.
    bool is_public = true;
    std::int64_t viewers = 0;
    std::int64_t peak = 0;

    /// An encoder sends, and the stream waits for its owner to go live.
    bool preview() const { return record.status == StreamStatus::offline; }
};
using ShowingPtr = std::shared_ptr<const Showing>;

}  // namespace ae::live
