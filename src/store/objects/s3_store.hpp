// Objects in a bucket of an S3 store.
#pragma once

#include "io/http_client.hpp"
#include "store/objects/object_store.hpp"
#include "store/objects/s3_signature.hpp"

namespace ae::objects {

class S3Store final : public ObjectStore {
  public:
    /// Refuses `objects_invalid`: the endpoint is no http or https address.
    static Result<std::unique_ptr<S3Store>> make(const ObjectsConfig& config, const Clock& clock, io::HttpClient& client);

    io::Task<Result<void>> put(ObjectName name, SharedBytes bytes) override;
    io::Task<Result<SharedBytes>> get(ObjectName name) override;
    io::Task<Result<void>> remove(ObjectName name) override;
    io::Task<Result<bool>> exists(ObjectName name) override;
    std::optional<std::string> address(const ObjectName& name, Duration good_for) const override;

  private:
    struct Site {
        std::string scheme;  // "https://"
        std::string host;    // with the bucket before it, in host style
        std::string before;  // the path before every name, encoded
    };
    S3Store(Site site, const ObjectsConfig& config, const Clock& clock, io::HttpClient& client);

    S3Request request(std::string method, const ObjectName& name) const;
    /// Any answer of the store but one that a retry may mend.
    io::Task<Result<io::HttpAnswer>> ask(std::string method, ObjectName name, SharedBytes body);

    Site site_;
    S3Credentials credentials_;
    Duration timeout_;
    const Clock& clock_;
    io::HttpClient& client_;
};

}  // namespace ae::objects
