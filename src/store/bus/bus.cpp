#include "store/bus/bus.hpp"

#include "base/check.hpp"

namespace ae::bus {

void Bus::add(std::string_view topic, std::weak_ptr<const Ear> ear) {
    auto* shard = io::Shard::current();
    AE_CHECK(shard != nullptr, "a subscription lives on a shard");
    heard_[shard->index()][std::string{topic}].push_back(std::move(ear));
}

void Bus::tell(std::string_view topic, std::shared_ptr<const void> event) {
    for (std::size_t i = 0; i < shards_.size(); ++i) {
        shards_.at(i).post([this, i, name = std::string{topic}, event] {
            const auto found = heard_[i].find(name);
            if (found == heard_[i].end()) return;
            std::erase_if(found->second, [](const auto& ear) { return ear.expired(); });
            // A copy: who hears may subscribe to more.
            const auto ears = found->second;
            for (const auto& each : ears) {
                if (const auto ear = each.lock()) (*ear)(event.get());
            }
        });
    }
}

}  // namespace ae::bus
