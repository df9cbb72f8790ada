// What a stream that ends waits for. Recordings are another room's; until one is there, they are final at once.
#pragma once

#include <optional>
#include <string>

#include "channels/stream_view.hpp"
#include "io/task.hpp"

namespace ae::live {

/// What is kept of a broadcast; empty: nothing.
struct Recording {
    std::optional<std::string> path = {};
    std::optional<std::string> vod_url = {};
};

class Recordings {
  public:
    virtual ~Recordings() = default;
    /// Returns when the stream's recording is complete on disk.
    virtual io::Task<Recording> finalise(channels::StreamId stream) = 0;
};

/// Nothing is recorded: final at once.
Recordings& no_recordings();

}  // namespace ae::live
