// The life of a stream: OFFLINE -> LIVE -> ENDING -> ARCHIVED, and who may take which step.
#pragma once

#include "base/result.hpp"
#include "channels/stream_view.hpp"

namespace ae::live {

enum class Mover { owner, server };

/// OFFLINE -> LIVE and LIVE -> ENDING are the owner's or the server's; ENDING -> ARCHIVED is the server's alone, when the recording is final.
/// Refuses `transition_illegal` for everything else, also for the status that it has.
Result<void> check_transition(channels::StreamStatus from, channels::StreamStatus to, Mover mover);

}  // namespace ae::live
