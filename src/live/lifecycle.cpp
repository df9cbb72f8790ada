#include "live/lifecycle.hpp"

#include <fmt/format.h>

namespace ae::live {

using channels::StreamStatus;

Result<void> check_transition(StreamStatus from, StreamStatus to, Mover mover) {
    if (from == StreamStatus::offline && to == StreamStatus::live) return {};
    if (from == StreamStatus::live && to == StreamStatus::ending) return {};
    if (from == StreamStatus::ending && to == StreamStatus::archived && mover == Mover::server) return {};
    return Error{Errc::conflict, "transition_illegal",
                 fmt::format("A stream that is {} does not become {} this way.", channels::status_word(from), channels::status_word(to))};
}

}  // namespace ae::live
