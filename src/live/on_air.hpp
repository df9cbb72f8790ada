// Who waits for a channel to go on air. One shard's part: the broadcasts that are public, by channel, and the requests that are held
// until there is one, so that a waiting page hears of it at once instead of asking again and again.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/text_map.hpp"
#include "io/shard.hpp"
#include "net/http/handler.hpp"

namespace ae::live {

class OnAir {
  public:
    OnAir(io::Shard& shard, const Clock& clock) : shard_(shard), clock_(clock) {}

    // From the stage, on this shard.

    /// The channel is on air: everybody who waits for it is told.
    void begin(const std::string& channel, const std::string& stream);
    void end(const std::string& channel);
    /// Once a second: answers 204 to what was held for 25 s, shorter than proxies wait.
    void tick();
    /// The server stops: everything that waits is answered 503, and so is everything that would.
    void drain();

    /// Answers `{"stream", "hlsUrl"}` as soon as the channel is on air. An unknown channel is one that never is.
    void wait(std::string_view channel, http::ResponderPtr responder);

  private:
    /// A request that waits; a client that left only marks it.
    struct Held {
        http::ResponderPtr responder;
        SteadyTime since{};
        bool gone = false;
    };
    struct Channel {
        /// Empty: off air.
        std::string stream;
        std::vector<std::shared_ptr<Held>> waiting;
    };

    void answer(std::vector<std::shared_ptr<Held>> waiting, http::WireResponse what);

    io::Shard& shard_;
    const Clock& clock_;
    TextMap<Channel> channels_;
    bool draining_ = false;
};

}  // namespace ae::live
