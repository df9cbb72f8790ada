// Who watches. A viewer is there as long as a playlist request of theirs came, or waited, in the last 15 seconds: media are the same for everybody and
// tell nothing. Counted once however many windows and shards they use.
#pragma once

#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "base/text_map.hpp"
#include "live/playback_token.hpp"

namespace ae::live {

/// One place to watch from: a token, or the address and user agent of a player without one. Shared by the requests that wait for it.
struct Seat {
    Ticket ticket;
    SteadyTime last_asked{};
};
using SeatPtr = std::shared_ptr<Seat>;

/// What changed on one shard since its last report.
struct AudienceReport {
    std::string stream;
    /// Of the run that is watched: a late report about another one says nothing.
    std::uint64_t run = 0;
    std::vector<ViewerKey> came, left;
};

/// One shard's part: the seats, by stream. Touched there alone.
class Audience {
  public:
    /// Nobody sits there any more, and from now on it is another run.
    void begin(const std::string& stream, std::uint64_t run);
    void end(const std::string& stream);

    /// A seat that is taken already.
    SeatPtr find(const std::string& stream, std::string_view place);
    /// Null: the house is full (100 000 a stream and shard), who comes now watches and is not counted.
    SeatPtr take(const std::string& stream, std::string_view place, const Ticket& ticket);

    /// Once a second: who was silent for 15 s leaves; answers what changed.
    std::vector<AudienceReport> round(SteadyTime now);

  private:
    struct House {
        std::uint64_t run = 0;
        TextMap<SeatPtr> seats;
        std::unordered_map<ViewerKey, int> present;
        std::vector<ViewerKey> came;
    };
    TextMap<House> houses_;
};

/// The home shard's part: all shards' reports of one stream, put together.
class HeadCount {
  public:
    /// Another run: everybody is counted anew, and the peak stays.
    void begin(std::uint64_t run);
    void apply(const AudienceReport& report);
    std::int64_t viewers() const { return static_cast<std::int64_t>(shards_of_.size()); }
    std::int64_t peak() const { return peak_; }
    void raise_peak(std::int64_t peak) { peak_ = std::max(peak_, peak); }

  private:
    std::uint64_t run_ = 0;
    std::unordered_map<ViewerKey, int> shards_of_;
    std::int64_t peak_ = 0;
};

}  // namespace ae::live
