// For tests of uploads: the routes with a real worker, objects in memory and an owner that believes everybody but for one channel.
#pragma once

#include <csignal>
#include <map>

#include "io/run_blocking.hpp"
#include "net/http/test_server.hpp"
#include "store/objects/memory_store.hpp"
#include "uploads/upload_routes.hpp"

namespace ae::uploads::testing {

class Owner final : public PictureOwner {
  public:
    io::Task<Result<std::optional<std::string>>> set_picture(PictureWish wish, std::string address) override {
        if (wish.channel == "bobs") co_return Error{Errc::forbidden, "not_yours", "The channel is somebody else's."};
        auto& picture = pictures_[{wish.channel.value_or("account " + wish.account), wish.kind}];
        co_return std::exchange(picture, std::optional{std::move(address)});
    }

  private:
    std::map<std::pair<std::string, PictureKind>, std::optional<std::string>> pictures_;
};

/// One field of a form; a file has a name and says a type.
struct Field {
    std::string name;
    std::string content;
    std::string file_name = {};
    std::string type = {};
};

inline std::string form_of(const std::vector<Field>& fields) {
    std::string body;
    for (const auto& field : fields) {
        body += "--boundary\r\nContent-Disposition: form-data; name=\"" + field.name + "\"";
        if (!field.file_name.empty()) body += "; filename=\"" + field.file_name + "\"";
        if (!field.type.empty()) body += "\r\nContent-Type: " + field.type;
        body += "\r\n\r\n" + field.content + "\r\n";
    }
    return body + "--boundary--\r\n";
}

inline io::Task<Result<api::Caller>> caller_of(std::string account) {
    api::Caller caller;
    if (!account.empty()) caller.role = api::Role::signed_in;
    caller.account = std::move(account);
    co_return caller;
}

class Site {
  public:
    using Answer = http::test::RawClient::Answer;

    Site() {
        ::signal(SIGPIPE, SIG_IGN);
        crypto::start();
        shards_.start();
        pool_.start();
        server_ = std::make_unique<http::test::TestServer>(router());
    }
    ~Site() {
        server_.reset();
        io::run_blocking(pool_.stop());
        shards_.stop();
        shards_.join();
    }

    /// A state-changing request of somebody signed in, from a page of this site.
    Answer post(std::string_view path, const std::string& body, std::string_view type = "multipart/form-data; boundary=boundary",
                std::string_view account = "ada") {
        auto client = server_->connect();
        return client.ask(
            fmt::format("POST {} HTTP/1.1\r\nHost: test\r\nOrigin: http://test\r\nX-Account: {}\r\nContent-Type: {}\r\nContent-Length: {}\r\n\r\n{}",
                        path, account, type, body.size(), body));
    }
    Answer upload(const std::vector<Field>& fields, std::string_view path = "/api/upload/avatar") { return post(path, form_of(fields)); }
    Answer get(std::string_view path) {
        auto client = server_->connect();
        return client.get(path);
    }
    /// What is stored, by name.
    std::map<objects::ObjectName, SharedBytes> stored() {
        std::map<objects::ObjectName, SharedBytes> all;
        server_->run([&] { all = store_.all(); });
        return all;
    }
    /// So long that the next request is not one too many.
    void rest() { server_->advance(std::chrono::seconds{4}); }
    void break_store() {
        server_->run([&] { store_.break_down(); });
    }

  private:
    http::Router router() {
        add_upload_routes(routes_, service_);
        routes_.set_gate([](const http::Request& request) { return caller_of(std::string{request.headers.get("x-account")}); });
        return routes_.take_router();
    }

    static media::worker::WorkerConfig worker_config() {
        media::worker::WorkerConfig config;
        config.program = std::string{AE_BUILD_DIR} + "/aethex-worker";
        return config;
    }

    media::worker::WorkerConfig config_ = worker_config();
    io::Shards shards_{1};
    media::worker::WorkerPool pool_{shards_.at(0), config_};
    objects::MemoryStore store_;
    Owner owner_;
    SystemRandom random_;
    PictureService service_{{store_, pool_, owner_, random_}};
    api::Routes routes_;
    std::unique_ptr<http::test::TestServer> server_;
};

/// A PNG chunk: length, name, content, checksum.
std::string png_chunk(std::string_view name, std::string_view content);
/// zlib's compression of it.
std::string deflated(std::string_view content);
/// Signature, IHDR, `before` (chunks), one IDAT of grey rows, IEND.
std::string png(std::uint32_t width, std::uint32_t height, std::string_view before = {});

}  // namespace ae::uploads::testing
