// Events between rooms: typed topics, published on any shard, heard on each shard that subscribed.
//
//     inline constexpr bus::Topic<StreamStatusChanged> kStreamStatus{"stream:status"};
//     bus.publish(kStreamStatus, {.stream = id, .status = StreamStatus::live});
//     subscription = bus.subscribe(kStreamStatus, [](const StreamStatusChanged& event) { ... });
#pragma once

#include <functional>
#include <memory>
#include <string_view>
#include <vector>

#include "base/text_map.hpp"
#include "io/shard.hpp"

namespace ae::bus {

template <class Event>
struct Topic {
    std::string_view name;
};

class Bus;

/// Ends when it is destroyed: on the shard where it was made, before the bus.
class Subscription {
  public:
    Subscription() = default;
    Subscription(Subscription&&) noexcept = default;
    Subscription& operator=(Subscription&&) noexcept = default;

  private:
    friend class Bus;
    explicit Subscription(std::shared_ptr<void> alive) : alive_(std::move(alive)) {}
    std::shared_ptr<void> alive_;
};

class Bus {
  public:
    explicit Bus(io::Shards& shards) : shards_(shards), heard_(shards.size()) {}
    Bus(const Bus&) = delete;
    Bus& operator=(const Bus&) = delete;

    /// From a shard; `hear` is called there, never from within `publish`.
    template <class Event>
    [[nodiscard]] Subscription subscribe(const Topic<Event>& topic, std::function<void(const Event&)> hear) {
        auto ear = std::make_shared<const Ear>([hear = std::move(hear)](const void* event) { hear(*static_cast<const Event*>(event)); });
        add(topic.name, ear);
        return Subscription{std::const_pointer_cast<Ear>(ear)};
    }
    /// From any thread; nobody waits for it.
    template <class Event>
    void publish(const Topic<Event>& topic, Event event) {
        tell(topic.name, std::make_shared<const Event>(std::move(event)));
    }

  private:
    using Ear = std::function<void(const void*)>;

    void add(std::string_view topic, std::weak_ptr<const Ear> ear);
    void tell(std::string_view topic, std::shared_ptr<const void> event);

    io::Shards& shards_;
    /// By shard, then topic; each touched on its shard alone.
    std::vector<TextMap<std::vector<std::weak_ptr<const Ear>>>> heard_;
};

}  // namespace ae::bus
