#include "store/objects/object_store.hpp"

#include "store/objects/folder_store.hpp"
#include "store/objects/s3_store.hpp"

namespace ae::objects {

void describe(config::Section& section, ObjectsConfig& config) {
    section.field("kind", &config.kind, "Where pictures are kept: a folder, or a bucket of an S3 store.").choices = {"folder", "s3"};
    section.field("folder", &config.folder, "The folder; empty: objects in the data directory.");
    section.field("s3_endpoint", &config.s3_endpoint, "The store's address, as https://s3.eu-central-1.amazonaws.com.");
    section.field("s3_region", &config.s3_region, "Its region, which is signed with every request.");
    section.field("s3_bucket", &config.s3_bucket, "The bucket. It must be there.");
    section.field("s3_prefix", &config.s3_prefix, "Goes before every name in the bucket, as live/.");
    section.field("s3_access_key", &config.s3_access_key, "The id of the access key.");
    section.field("s3_secret_key", &config.s3_secret_key, "The secret of the access key.");
    section.field("s3_path_style", &config.s3_path_style, "Whether the bucket stands in the path (most stores) or before the host (Amazon's own).");
    section.field("s3_timeout", &config.s3_timeout, "How long one request to the store may take.").least = 1;
}

Result<void> check(const ObjectsConfig& config) {
    if (config.kind != "s3") return {};
    if (config.s3_endpoint.empty() || config.s3_bucket.empty() || config.s3_access_key.empty() || config.s3_secret_key.empty()) {
        return Error{Errc::invalid, "objects_invalid", "objects.kind is s3: set s3_endpoint, s3_bucket, s3_access_key and s3_secret_key too."};
    }
    if (auto site = s3_site(config); !site) return site.error();
    return {};
}

Result<std::unique_ptr<ObjectStore>> open_blocking(const ObjectsConfig& config, const std::filesystem::path& data, const Clock& clock,
                                                   io::HttpClient& client) {
    if (auto checked = check(config); !checked) return checked.error();
    if (config.kind == "s3") return std::unique_ptr<ObjectStore>{std::make_unique<S3Store>(*s3_site(config), config, clock, client)};
    return std::unique_ptr<ObjectStore>{FolderStore::open_blocking(config.folder.empty() ? data / "objects" : std::filesystem::path{config.folder})};
}

}  // namespace ae::objects
