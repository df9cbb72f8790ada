#include "media/rtmp/door.hpp"

#include "base/metrics.hpp"

namespace ae::media::rtmp {

namespace {

metrics::Gauge& connections() {
    static auto& gauge = metrics::gauge("aethex_rtmp_connections", "RTMP connections that are open.");
    return gauge;
}

}  // namespace

Seat::~Seat() {
    if (door_ == nullptr || door_->closed_) return;
    auto& shard = door_->shard_;
    if (shard.here()) {
        door_->leave(address_);
        return;
    }
    shard.post([door = std::move(door_), address = std::move(address_)] { door->leave(address); });
}

Result<Seat> Door::enter(const std::string& address) {
    if (inside_ >= most_) return Error{Errc::unavailable, "server_full", "The server has as many connections as it takes."};
    auto& count = by_address_[address];
    if (count >= most_per_address_) return Error{Errc::too_many, "address_full", "There are too many connections from this address."};
    ++count;
    ++inside_;
    connections().set(static_cast<double>(inside_));
    return Seat{shared_from_this(), address};
}

void Door::leave(const std::string& address) {
    const auto found = by_address_.find(address);
    if (found == by_address_.end()) return;
    if (--found->second == 0) by_address_.erase(found);
    --inside_;
    connections().set(static_cast<double>(inside_));
}

}  // namespace ae::media::rtmp
