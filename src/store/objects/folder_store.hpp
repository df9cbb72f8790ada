// Objects as files below one directory.
#pragma once

#include "io/blocking_pool.hpp"
#include "store/objects/object_store.hpp"

namespace ae::objects {

class FolderStore final : public ObjectStore {
  public:
    /// Makes the folder (0700) when it is not there, and forgets what an earlier run left half written. Throws when the folder cannot be had.
    static std::unique_ptr<FolderStore> open_blocking(const std::filesystem::path& folder);

    io::Task<Result<void>> put(ObjectName name, SharedBytes bytes) override;
    io::Task<Result<SharedBytes>> get(ObjectName name) override;
    io::Task<Result<void>> remove(ObjectName name) override;
    io::Task<Result<bool>> exists(ObjectName name) override;
    std::optional<std::string> address(const ObjectName&, Duration) const override { return std::nullopt; }

  private:
    explicit FolderStore(std::filesystem::path folder);
    std::filesystem::path place_of(const ObjectName& name) const { return folder_ / name.str(); }

    std::filesystem::path folder_;
    io::BlockingPool pool_;
};

}  // namespace ae::objects
