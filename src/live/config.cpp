#include "live/config.hpp"

namespace ae::live {

void describe(config::Section& section, LiveConfig& config) {
    section.field("reconnect_window", &config.reconnect_window, "How long a broadcast waits for its encoder to come back before it ends.");
    section.field("goodbye_grace", &config.goodbye_grace, "The same when the encoder said goodbye.");
    section.field("takeover_silence", &config.takeover_silence,
                  "A second publisher with the same key takes over when the first has been silent this long.");
    section.field("hold_limit", &config.hold_limit, "How long a player's request for what does not exist yet is held before it is answered 503.");
    section.field("playback_token_life", &config.playback_token_life,
                  "How long a playback token is good for. A token that is older still plays what is public; a preview needs a new one.");
}

}  // namespace ae::live
