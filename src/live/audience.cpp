#include "live/audience.hpp"

#include "base/metrics.hpp"

namespace ae::live {

namespace {

/// A playlist request is answered after a part, or held for `live.hold_limit`, during which it counts as there.
constexpr std::chrono::seconds kSilence{15};
constexpr std::size_t kMostSeats = 100'000;

metrics::Counter& uncounted() {
    static auto& counter = metrics::counter("aethex_live_viewers_uncounted_total", "Viewers who came when a shard had as many as it counts.");
    return counter;
}

}  // namespace

void Audience::begin(const std::string& stream, std::uint64_t run) {
    House empty;
    empty.run = run;
    houses_[stream] = std::move(empty);
}

void Audience::end(const std::string& stream) { houses_.erase(stream); }

SeatPtr Audience::find(const std::string& stream, std::string_view place) {
    const auto house = houses_.find(stream);
    if (house == houses_.end()) return nullptr;
    const auto seat = house->second.seats.find(place);
    return seat == house->second.seats.end() ? nullptr : seat->second;
}

SeatPtr Audience::take(const std::string& stream, std::string_view place, const Ticket& ticket) {
    const auto found = houses_.find(stream);
    if (found == houses_.end()) return nullptr;
    auto& house = found->second;
    if (house.seats.size() >= kMostSeats) {
        uncounted().add();
        return nullptr;
    }
    auto seat = std::make_shared<Seat>(Seat{ticket, {}});
    house.seats.emplace(std::string{place}, seat);
    if (ticket.kind == Ticket::Kind::viewer && house.present[ticket.viewer]++ == 0) house.came.push_back(ticket.viewer);
    return seat;
}

std::vector<AudienceReport> Audience::round(SteadyTime now) {
    std::vector<AudienceReport> reports;
    for (auto& [stream, house] : houses_) {
        AudienceReport report{stream, house.run, std::exchange(house.came, {}), {}};
        std::erase_if(house.seats, [&](const auto& entry) {
            const auto& seat = *entry.second;
            if (now - seat.last_asked < kSilence) return false;
            if (seat.ticket.kind != Ticket::Kind::viewer) return true;
            const auto viewer = house.present.find(seat.ticket.viewer);
            if (--viewer->second == 0) {
                house.present.erase(viewer);
                report.left.push_back(seat.ticket.viewer);
            }
            return true;
        });
        if (!report.came.empty() || !report.left.empty()) reports.push_back(std::move(report));
    }
    return reports;
}

void HeadCount::begin(std::uint64_t run) {
    run_ = run;
    shards_of_.clear();
}

void HeadCount::apply(const AudienceReport& report) {
    if (report.run != run_) return;
    for (const auto& viewer : report.came) ++shards_of_[viewer];
    for (const auto& viewer : report.left) {
        const auto found = shards_of_.find(viewer);
        if (found != shards_of_.end() && --found->second == 0) shards_of_.erase(found);
    }
    peak_ = std::max(peak_, viewers());
}

}  // namespace ae::live
