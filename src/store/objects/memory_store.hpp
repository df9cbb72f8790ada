// Objects in memory, for tests and for programs that only declare what they would do. Used on one thread.
#pragma once

#include <map>

#include "store/objects/object_store.hpp"

namespace ae::objects {

class MemoryStore final : public ObjectStore {
  public:
    io::Task<Result<void>> put(ObjectName name, SharedBytes bytes) override;
    io::Task<Result<SharedBytes>> get(ObjectName name) override;
    io::Task<Result<void>> remove(ObjectName name) override;
    io::Task<Result<bool>> exists(ObjectName name) override;
    std::optional<std::string> address(const ObjectName&, Duration) const override { return std::nullopt; }

    const std::map<ObjectName, SharedBytes>& all() const { return all_; }
    /// From now on every call refuses `object_store_unavailable`.
    void break_down() { broken_ = true; }

  private:
    std::map<ObjectName, SharedBytes> all_;
    bool broken_ = false;
};

}  // namespace ae::objects
