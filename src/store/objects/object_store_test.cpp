// Both stores: a folder, and a real S3 that verifies signatures.
#include "store/objects/object_store.hpp"

#include <cstdlib>
#include <fstream>

#include <gtest/gtest.h>

#include "base/crypto.hpp"
#include "base/log.hpp"
#include "io/http_client.hpp"
#include "io/run_blocking.hpp"
#include "store/objects/swift_testing.hpp"

namespace ae::objects {
namespace {

namespace fs = std::filesystem;
using testing::Swift;

enum class Place { folder, s3_by_path, s3_by_host };

class TemporaryFolder {
  public:
    TemporaryFolder() {
        std::string name = (fs::temp_directory_path() / "aethex-objects-XXXXXX").string();
        path_ = ::mkdtemp(name.data());
    }
    ~TemporaryFolder() { fs::remove_all(path_); }
    const fs::path& path() const { return path_; }

  private:
    fs::path path_;
};

ObjectsConfig s3_config(bool by_path) {
    ObjectsConfig config;
    config.kind = "s3";
    config.s3_endpoint = by_path ? Swift::shared().endpoint() : Swift::shared().named_endpoint();
    config.s3_region = Swift::region();
    config.s3_bucket = Swift::bucket();
    config.s3_prefix = by_path ? "by path/" : "by-host/";
    config.s3_access_key = Swift::access_key();
    config.s3_secret_key = Swift::secret_key();
    config.s3_path_style = by_path;
    return config;
}

class ObjectStoreTest : public ::testing::TestWithParam<Place> {
  protected:
    void SetUp() override {
        crypto::start();
        log::configure(log::Level::error, log::Form::automatic);
        open(GetParam() == Place::folder ? ObjectsConfig{} : s3_config(GetParam() == Place::s3_by_path));
    }
    void open(const ObjectsConfig& config) {
        auto opened = open_blocking(config, folder_.path(), clock_, client_);
        ASSERT_TRUE(opened) << opened.error().detail;
        store_ = std::move(*opened);
    }

    static ObjectName name(std::string_view text) { return *ObjectName::parse(text); }
    static SharedBytes bytes(std::string_view text) { return std::make_shared<const Bytes>(text.begin(), text.end()); }
    Result<void> put(std::string_view to, SharedBytes what) { return io::run_blocking(store_->put(name(to), std::move(what))); }
    Result<SharedBytes> get(std::string_view from) { return io::run_blocking(store_->get(name(from))); }
    bool exists(std::string_view what) { return io::run_blocking(store_->exists(name(what))).value(); }
    Result<void> remove(std::string_view what) { return io::run_blocking(store_->remove(name(what))); }

    TemporaryFolder folder_;
    SystemClock clock_;
    io::HttpClient client_;
    std::unique_ptr<ObjectStore> store_;
};
INSTANTIATE_TEST_SUITE_P(Places, ObjectStoreTest, ::testing::Values(Place::folder, Place::s3_by_path, Place::s3_by_host), [](const auto& info) {
    return info.param == Place::folder ? "Folder" : info.param == Place::s3_by_path ? "S3ByPath" : "S3ByHost";
});

TEST_P(ObjectStoreTest, GivesBackWhatWasPutUntilItIsRemoved) {
    EXPECT_FALSE(exists("uploads/one.webp"));
    ASSERT_TRUE(put("uploads/one.webp", bytes("picture")));
    EXPECT_TRUE(exists("uploads/one.webp"));
    const auto got = get("uploads/one.webp");
    ASSERT_TRUE(got);
    EXPECT_EQ(as_text(**got), "picture");
    ASSERT_TRUE(remove("uploads/one.webp"));
    EXPECT_FALSE(exists("uploads/one.webp"));
    const auto gone = get("uploads/one.webp");
    ASSERT_FALSE(gone);
    EXPECT_EQ(gone.error().reason, "object_not_found");
}

TEST_P(ObjectStoreTest, RemovingWhatIsNotThereIsFine) { EXPECT_TRUE(remove("uploads/never-there.webp")); }

TEST_P(ObjectStoreTest, KeepsEveryByteOfALargeOne) {
    Bytes large(3 << 20);
    for (std::size_t i = 0; i < large.size(); ++i) large[i] = static_cast<std::uint8_t>(i * 31 + (i >> 8));
    const auto shared = std::make_shared<const Bytes>(large);
    ASSERT_TRUE(put("uploads/large.bin", shared));
    const auto got = get("uploads/large.bin");
    ASSERT_TRUE(got);
    EXPECT_EQ(**got, large);
    ASSERT_TRUE(put("uploads/empty.bin", std::make_shared<const Bytes>()));
    EXPECT_TRUE((*get("uploads/empty.bin"))->empty());
}

TEST_P(ObjectStoreTest, PuttingAgainAfterALostAnswerIsFine) {
    ASSERT_TRUE(put("uploads/twice.webp", bytes("same")));
    ASSERT_TRUE(put("uploads/twice.webp", bytes("same")));
    EXPECT_EQ(as_text(**get("uploads/twice.webp")), "same");
}

TEST(FolderStoreTest, LeavesNothingUnfinishedAndForgetsWhatAnEarlierRunLeft) {
    TemporaryFolder folder;
    SystemClock clock;
    io::HttpClient client;
    fs::create_directories(folder.path() / "objects" / ".unfinished");
    std::ofstream{folder.path() / "objects" / ".unfinished" / "half"} << "x";
    auto store = open_blocking({}, folder.path(), clock, client);
    ASSERT_TRUE(store);
    EXPECT_TRUE(io::run_blocking((*store)->put(*ObjectName::parse("a/b.webp"), std::make_shared<const Bytes>(Bytes{1}))));
    EXPECT_TRUE(fs::is_empty(folder.path() / "objects" / ".unfinished"));
    EXPECT_EQ(fs::file_size(folder.path() / "objects" / "a" / "b.webp"), 1u);
    EXPECT_EQ(fs::status(folder.path() / "objects" / "a" / "b.webp").permissions(), fs::perms{0600});
    EXPECT_FALSE((*store)->address(*ObjectName::parse("a/b.webp"), std::chrono::hours{1}));
}

class S3StoreTest : public ::testing::Test {
  protected:
    void SetUp() override {
        crypto::start();
        log::configure(log::Level::error, log::Form::automatic);
    }
    std::unique_ptr<ObjectStore> open(const ObjectsConfig& config) { return std::move(*open_blocking(config, "/nowhere", clock_, client_)); }
    int status_of(std::string url) {
        io::HttpRequest request{.purpose = "test", .url = std::move(url), .may_connect = io::is_any_address};
        const auto answer = io::run_blocking(client_.fetch(std::move(request)));
        return answer ? answer->status : 0;
    }

    const ObjectName kName = *ObjectName::parse("addresses/one.webp");
    SystemClock clock_;
    io::HttpClient client_;
};

TEST_F(S3StoreTest, GivesAnAddressThatWorksForAnybodyAndForNothingElse) {
    const auto store = open(s3_config(true));
    ASSERT_TRUE(io::run_blocking(store->put(kName, std::make_shared<const Bytes>(Bytes{1, 2}))));
    const auto address = store->address(kName, std::chrono::minutes{5});
    ASSERT_TRUE(address);
    EXPECT_EQ(status_of(*address), 200);
    auto other = *address;
    other.replace(other.find("one.webp"), 8, "two.webp");
    EXPECT_EQ(status_of(other), 403);
    auto longer = *address;
    longer.replace(longer.find("Expires=300"), 11, "Expires=900");
    EXPECT_EQ(status_of(longer), 403);
}

TEST_F(S3StoreTest, AnAddressEndsWhenItsTimeIsOver) {
    ManualClock clock{std::chrono::time_point_cast<Duration>(SystemClock{}.wall() - std::chrono::minutes{10})};
    const auto store = std::move(*open_blocking(s3_config(true), "/nowhere", clock, client_));
    EXPECT_EQ(status_of(*store->address(kName, std::chrono::minutes{5})), 403);
}

TEST_F(S3StoreTest, SaysThatItIsUnavailableWhenItsKeyIsRefused) {
    auto config = s3_config(true);
    config.s3_secret_key = Secret{"wrong"};
    const auto store = open(config);
    EXPECT_EQ(io::run_blocking(store->put(kName, std::make_shared<const Bytes>(Bytes{1}))).error().reason, "object_store_unavailable");
    EXPECT_EQ(io::run_blocking(store->get(kName)).error().reason, "object_store_unavailable");
    EXPECT_EQ(io::run_blocking(store->exists(kName)).error().reason, "object_store_unavailable");
}

TEST_F(S3StoreTest, TriesThreeTimesBeforeItGivesUp) {
    auto config = s3_config(true);
    config.s3_endpoint = "http://127.0.0.1:1";
    const auto store = open(config);
    const auto began = std::chrono::steady_clock::now();
    EXPECT_EQ(io::run_blocking(store->get(kName)).error().reason, "object_store_unavailable");
    EXPECT_GE(std::chrono::steady_clock::now() - began, std::chrono::milliseconds{1000});
}

TEST_F(S3StoreTest, RefusesSettingsThatCannotWork) {
    for (const std::string endpoint : {"", "s3.example.org", "ftp://s3.example.org", "https://", "https://a/b", "https://a?b"}) {
        auto config = s3_config(true);
        config.s3_endpoint = endpoint;
        const auto store = open_blocking(config, "/nowhere", clock_, client_);
        ASSERT_FALSE(store) << endpoint;
        EXPECT_EQ(store.error().reason, "objects_invalid");
    }
}

}  // namespace
}  // namespace ae::objects
