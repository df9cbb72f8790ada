// Where objects are kept: put, get, remove, exists. An object is written once and never changed.
#pragma once

#include <filesystem>
#include <memory>
#include <optional>

#include "base/bytes.hpp"
#include "base/config.hpp"
#include "base/id.hpp"
#include "io/task.hpp"
#include "store/objects/object_name.hpp"

namespace ae::io {
class HttpClient;
}

namespace ae::objects {

/// From coroutines on any executor. Each call refuses `object_store_unavailable` where the store is another machine.
class ObjectStore {
  public:
    virtual ~ObjectStore() = default;
    /// When it returns, the object is kept, whole. Putting the same name again is for retries: the bytes are the same.
    virtual io::Task<Result<void>> put(ObjectName name, SharedBytes bytes) = 0;
    /// Refuses `object_not_found`.
    virtual io::Task<Result<SharedBytes>> get(ObjectName name) = 0;
    /// Nothing happens when it is not there.
    virtual io::Task<Result<void>> remove(ObjectName name) = 0;
    virtual io::Task<Result<bool>> exists(ObjectName name) = 0;
    /// An address from which anybody may fetch it for so long, straight from the store; nullopt: this store has none, `get` it.
    virtual std::optional<std::string> address(const ObjectName& name, Duration good_for) const = 0;
};

struct ObjectsConfig {
    std::string kind = "folder";
    /// Empty: `objects` in the data directory.
    std::string folder;
    std::string s3_endpoint;
    std::string s3_region = "us-east-1";
    std::string s3_bucket;
    std::string s3_prefix;
    std::string s3_access_key;
    Secret s3_secret_key;
    bool s3_path_style = true;
    Duration s3_timeout = std::chrono::seconds{30};
};
void describe(config::Section& section, ObjectsConfig& config);

/// Whether `open_blocking` can work. Refuses `objects_invalid`: S3 lacks a setting, or its endpoint is no address.
Result<void> check(const ObjectsConfig& config);
/// The store of a configuration; `data` is the data directory. Clock and client outlive it. Refuses what `check` refuses.
Result<std::unique_ptr<ObjectStore>> open_blocking(const ObjectsConfig& config, const std::filesystem::path& data, const Clock& clock,
                                                   io::HttpClient& client);

}  // namespace ae::objects
