// Objects in a bucket of an S3 store.
#pragma once

#include "io/http_client.hpp"
#include "store/objects/object_store.hpp"
#include "store/objects/s3_signature.hpp"

namespace ae::objects {

/// Where a bucket is.
struct S3Site {
    std::string scheme;  // "https://"
    std::string host;    // with the bucket before it, in host style
    std::string before;  // the path before every name, encoded
};
/// Refuses `objects_invalid`: the endpoint is no http or https address.
Result<S3Site> s3_site(const ObjectsConfig& config);

class S3Store final : public ObjectStore {
  public:
    S3Store(S3Site site, const ObjectsConfig& config, const Clock& clock, io::HttpClient& client);

    io::Task<Result<void>> put(ObjectName name, SharedBytes bytes) override;
    io::Task<Result<SharedBytes>> get(ObjectName name) override;
    io::Task<Result<void>> remove(ObjectName name) override;
    io::Task<Result<bool>> exists(ObjectName name) override;
    std::optional<std::string> address(const ObjectName& name, Duration good_for) const override;

  private:
    S3Request request(std::string method, const ObjectName& name) const;
    /// Any answer of the store but one that a retry may mend.
    io::Task<Result<io::HttpAnswer>> ask(std::string method, ObjectName name, SharedBytes body);

    S3Site site_;
    S3Credentials credentials_;
    Duration timeout_;
    const Clock& clock_;
    io::HttpClient& client_;
};

}  // namespace ae::objects
