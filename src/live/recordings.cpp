#include "live/recordings.hpp"

namespace ae::live {

namespace {

class NoRecordings final : public Recordings {
  public:
    io::Task<Recording> finalise(channels::StreamId) override { co_return Recording{}; }
};

}  // namespace

Recordings& no_recordings() {
    static NoRecordings nothing;
    return nothing;
}

}  // namespace ae::live
