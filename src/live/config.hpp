// What an operator may set about broadcasts.
#pragma once

#include "base/config.hpp"
#include "base/time.hpp"

namespace ae::live {

struct LiveConfig {
    /// How long a broadcast waits for its encoder to come back before it ends.
    Duration reconnect_window = std::chrono::seconds{90};
    /// The same when the encoder said goodbye: long enough to change a setting and press the button again.
    Duration goodbye_grace = std::chrono::seconds{10};
    /// A second publisher takes over when the first has been silent this long (or comes from the same address).
    Duration takeover_silence = std::chrono::seconds{2};
    /// How long a player's request for what does not exist yet is held before it is answered 503.
    Duration hold_limit = std::chrono::seconds{18};
    /// How long a playback token is good for; it is renewed by `GET /api/streams/{id}/hls`.
    Duration playback_token_life = std::chrono::hours{12};
};

void describe(config::Section& section, LiveConfig& config);

}  // namespace ae::live
