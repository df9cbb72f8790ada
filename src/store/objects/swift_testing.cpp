#include "store/objects/swift_testing.hpp"

#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>
#include <array>
#include <cstdlib>
#include <fstream>
#include <stdexcept>

#include <fmt/format.h>
#include <boost/asio/io_context.hpp>

#include "base/time.hpp"
#include "io/http_client.hpp"
#include "io/run_blocking.hpp"
#include "io/subprocess.hpp"
#include "io/timeout.hpp"
#include "store/objects/s3_signature.hpp"

namespace ae::objects::testing {

namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 3> kServers{"account", "container", "object"};
constexpr Duration kPatience = std::chrono::seconds{60};

/// Taken and given back at once: nobody else of this machine's tests is likely to get the same within the second.
class FreePorts {
  public:
    int next() {
        const int descriptor = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
        sockaddr_in address{};
        address.sin_family = AF_INET;
        address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
        socklen_t size = sizeof address;
        if (::bind(descriptor, reinterpret_cast<const sockaddr*>(&address), size) != 0) throw std::runtime_error{"no free port"};
        ::getsockname(descriptor, reinterpret_cast<sockaddr*>(&address), &size);
        held_.push_back(descriptor);
        return ntohs(address.sin_port);
    }
    void give_back() {
        for (const int descriptor : held_) ::close(descriptor);
        held_.clear();
    }

  private:
    std::vector<int> held_;
};

void write(const fs::path& path, const std::string& text) { std::ofstream{path} << text; }

std::string common(const fs::path& home, int port) {
    return fmt::format("[DEFAULT]\nbind_ip = 127.0.0.1\nbind_port = {}\nswift_dir = {}\ndevices = {}\nmount_check = false\nworkers = 0\nuser = {}\n",
                       port, home.string(), (home / "devices").string(), ::getuid() == 0 ? "root" : std::getenv("USER"));
}

std::string proxy_config(const fs::path& home, int port, int memcached) {
    std::string text = common(home, port);
    text +=
        "[pipeline:main]\npipeline = catch_errors gatekeeper healthcheck cache s3api tempauth copy bulk slo dlo versioned_writes symlink "
        "proxy-server\n"
        "[app:proxy-server]\nuse = egg:swift#proxy\naccount_autocreate = true\n";
    text += fmt::format("[filter:cache]\nuse = egg:swift#memcache\nmemcache_servers = 127.0.0.1:{}\n", memcached);
    text += fmt::format("[filter:s3api]\nuse = egg:swift#s3api\nlocation = {}\nstorage_domain = localhost\n", Swift::region());
    text += "[filter:tempauth]\nuse = egg:swift#tempauth\nuser_test_tester = testing .admin\n";
    for (const std::string_view plain : {"catch_errors", "gatekeeper", "healthcheck", "copy", "bulk", "slo", "dlo", "versioned_writes", "symlink"}) {
        text += fmt::format("[filter:{}]\nuse = egg:swift#{}\n", plain, plain);
    }
    return text;
}

void run(std::vector<std::string> argv, const fs::path& home) {
    const auto ended = io::run_blocking(io::run_process({.argv = argv, .directory = home.string()}, "", {}));
    if (!ended || !ended->end.ok())
        throw std::runtime_error{fmt::format("{} failed: {}", argv[0], ended ? ended->err + ended->out : ended.error().detail)};
}

void make_ring(const fs::path& home, std::string_view server, int port) {
    const auto builder = fmt::format("{}.builder", server);
    run({"swift-ring-builder", builder, "create", "4", "1", "1"}, home);
    run({"swift-ring-builder", builder, "add", fmt::format("r1z1-127.0.0.1:{}/one", port), "1"}, home);
    run({"swift-ring-builder", builder, "rebalance"}, home);
}

}  // namespace

struct Swift::Parts {
    fs::path home;
    int port = 0;
    boost::asio::io_context loop{1};
    std::vector<std::unique_ptr<io::Subprocess>> processes;

    void start(std::vector<std::string> argv) {
        auto started = io::Subprocess::start(loop.get_executor(), {.argv = std::move(argv), .err = io::Stream::null});
        if (!started) throw std::runtime_error{started.error().detail};
        processes.push_back(std::move(*started));
    }

    bool make_bucket(io::HttpClient& client) const {
        const S3Request request{.method = "PUT", .host = fmt::format("127.0.0.1:{}", port), .path = "/" + Swift::bucket()};
        io::HttpRequest http{.purpose = "test", .url = "http://" + request.host + request.path, .method = "PUT", .may_connect = io::is_any_address};
        for (auto& [name, value] : signed_headers(request, {}, {access_key(), secret_key(), region()}, SystemClock{}.wall()))
            http.headers.emplace_back(name, value);
        const auto answer = io::run_blocking(client.fetch(std::move(http)));
        return answer && answer->status == 200;
    }
};

Swift::Swift() : parts_(std::make_unique<Parts>()) {
    std::string home = (fs::temp_directory_path() / "aethex-swift-XXXXXX").string();
    if (::mkdtemp(home.data()) == nullptr) throw std::runtime_error{"no temporary folder"};
    parts_->home = home;
    fs::create_directories(parts_->home / "devices" / "one");
    write(parts_->home / "swift.conf",
          "[swift-hash]\nswift_hash_path_suffix = test\nswift_hash_path_prefix = test\n[storage-policy:0]\nname = one\ndefault = yes\n");

    FreePorts ports;
    parts_->port = ports.next();
    const int memcached = ports.next();
    for (const auto server : kServers) {
        const int port = ports.next();
        write(parts_->home / fmt::format("{}-server.conf", server),
              common(parts_->home, port) +
                  fmt::format("[pipeline:main]\npipeline = {0}-server\n[app:{0}-server]\nuse = egg:swift#{0}\nfallocate_reserve = 0\n", server));
        make_ring(parts_->home, server, port);
    }
    write(parts_->home / "proxy-server.conf", proxy_config(parts_->home, parts_->port, memcached));
    ports.give_back();

    parts_->start(
        {"memcached", "-l", "127.0.0.1", "-p", fmt::format("{}", memcached), "-m", "16", "-u", ::getuid() == 0 ? "root" : std::getenv("USER")});
    for (const auto server : kServers)
        parts_->start({fmt::format("swift-{}-server", server), (parts_->home / fmt::format("{}-server.conf", server)).string()});
    parts_->start({"swift-proxy-server", (parts_->home / "proxy-server.conf").string()});

    io::HttpClient client;
    const auto until = std::chrono::steady_clock::now() + kPatience;
    while (!parts_->make_bucket(client)) {
        if (std::chrono::steady_clock::now() > until)
            throw std::runtime_error{"Swift does not answer; are its packages installed (tools/packages/test.txt)?"};
        io::run_blocking(io::sleep_for(std::chrono::milliseconds{100}));
    }
}

Swift::~Swift() {
    parts_->processes.clear();
    std::error_code ignored;
    fs::remove_all(parts_->home, ignored);
}

Swift& Swift::shared() {
    static Swift swift;
    return swift;
}

std::string Swift::endpoint() const { return fmt::format("http://127.0.0.1:{}", parts_->port); }
std::string Swift::named_endpoint() const { return fmt::format("http://localhost:{}", parts_->port); }

}  // namespace ae::objects::testing
