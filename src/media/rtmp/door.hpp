// Who is inside: connections counted, all together and by address. Lives on the listener's shard.
#pragma once

#include <cstddef>
#include <memory>
#include <string>
#include <unordered_map>

#include "base/result.hpp"
#include "io/shard.hpp"

namespace ae::media::rtmp {

class Door;

/// A place inside. Given back when it is destroyed, on whichever shard.
class Seat {
  public:
    Seat(std::shared_ptr<Door> door, std::string address) : door_(std::move(door)), address_(std::move(address)) {}
    Seat(Seat&&) = default;
    Seat& operator=(Seat&&) = delete;
    ~Seat();
    const std::string& address() const { return address_; }

  private:
    std::shared_ptr<Door> door_;
    std::string address_;
};

class Door : public std::enable_shared_from_this<Door> {
  public:
    Door(io::Shard& shard, std::size_t most, std::size_t most_per_address) : shard_(shard), most_(most), most_per_address_(most_per_address) {}

    /// Refuses `server_full` and `address_full`.
    Result<Seat> enter(const std::string& address);
    std::size_t inside() const { return inside_; }
    /// The shards have ended: seats that are left are not given back.
    void close() { closed_ = true; }

  private:
    friend class Seat;
    void leave(const std::string& address);

    io::Shard& shard_;
    std::size_t most_, most_per_address_;
    std::size_t inside_ = 0;
    bool closed_ = false;
    std::unordered_map<std::string, std::size_t> by_address_;
};

}  // namespace ae::media::rtmp
