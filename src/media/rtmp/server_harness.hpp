// A whole RTMP server on loopback for tests: a gate that knows two keys, publications that write down what they were given, and
// blocking clients.
#pragma once

#include <algorithm>
#include <array>
#include <condition_variable>
#include <map>
#include <mutex>
#include <string>
#include <vector>

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/write.hpp>

#include "io/run_blocking.hpp"
#include "media/rtmp/server.hpp"
#include "media/rtmp/testing.hpp"

namespace ae::media::rtmp::testing {

/// What publications were given, told across threads.
class Witness {
  public:
    struct Story {
        std::vector<FramePtr> frames;
        std::vector<std::string> encoders;
        int begun = 0, goodbyes = 0, ended = 0;
        bool wrong_thread = false;
        std::shared_ptr<PublisherControl> control;
    };

    template <class Change>
    void change(Change change) {
        {
            const std::lock_guard lock{mutex_};
            change(story_);
        }
        changed_.notify_all();
    }
    /// Whether it came to be within ten seconds.
    template <class Condition>
    bool comes_to(Condition condition) {
        std::unique_lock lock{mutex_};
        return changed_.wait_for(lock, std::chrono::seconds{10}, [&] { return condition(story_); });
    }
    Story now() {
        const std::lock_guard lock{mutex_};
        return story_;
    }

  private:
    std::mutex mutex_;
    std::condition_variable changed_;
    Story story_;
};

class RecordedPublication final : public Publication {
  public:
    RecordedPublication(Witness& witness, io::Shard& home) : witness_(witness), home_(home) {}
    ~RecordedPublication() override {
        witness_.change([](auto& story) { ++story.ended; });
    }
    void on_frame(FramePtr frame) override {
        witness_.change([&](auto& story) {
            story.wrong_thread |= !home_.here();
            story.frames.push_back(std::move(frame));
        });
    }
    void on_goodbye() override {
        witness_.change([](auto& story) { ++story.goodbyes; });
    }

  private:
    Witness& witness_;
    io::Shard& home_;
};

/// Lets `good-key` in on the last shard, `busy-key` only as far as its channel, and nobody else.
class RecordedGate final : public IngestGate {
  public:
    RecordedGate(Witness& witness, io::Shards& shards) : witness_(witness), home_(shards.at(shards.size() - 1)) {}
    io::Task<Result<PublishGrant>> admit(PublishRequest request) override {
        witness_.change([&](auto& story) { story.encoders.push_back(request.encoder); });
        if (request.key.reveal() == "busy-key") {
            co_return PublishGrant{.channel_id = "1", .slug = "busy", .home = &home_, .begin = [](auto) -> Result<std::unique_ptr<Publication>> {
                                       return Error{Errc::conflict, "publisher_active", "Somebody is publishing with this key."};
                                   }};
        }
        if (request.key.reveal() != "good-key") co_return Error{Errc::unauthorized, "stream_key_unknown", "This stream key is not known."};
        auto begin = [this](std::shared_ptr<PublisherControl> control) -> Result<std::unique_ptr<Publication>> {
            witness_.change([&](auto& story) {
                ++story.begun;
                story.control = std::move(control);
            });
            return std::make_unique<RecordedPublication>(witness_, home_);
        };
        co_return PublishGrant{.channel_id = "1", .slug = "good", .home = &home_, .begin = std::move(begin)};
    }

  private:
    Witness& witness_;
    io::Shard& home_;
};

/// The server, running, on a free port.
class Running {
  public:
    explicit Running(RtmpConfig config = {}, PlaySource* play = nullptr) : shards(2), gate(witness, shards) {
        config.listen = {"127.0.0.1:0"};
        server = std::make_unique<Server>(shards, config, gate, random, play);
        started = server->start().has_value();
        shards.start();
    }
    ~Running() {
        stop(std::chrono::seconds{1});
        shards.stop();
        shards.join();
        witness.change([](auto& story) { story.control.reset(); });
    }
    void stop(Duration deadline) {
        if (std::exchange(stopped_, true)) return;
        io::run_blocking(server->stop(deadline));
    }
    std::uint16_t port() const { return server->ports().at(0); }

    Witness witness;
    SystemRandom random;
    io::Shards shards;
    RecordedGate gate;
    std::unique_ptr<Server> server;
    bool started = false;

  private:
    bool stopped_ = false;
};

/// A publisher on a real socket, in this thread.
class Client {
  public:
    Client(std::uint16_t port, PublisherConfig config) : publisher(std::move(config), random_), socket_(loop_) {
        socket_.connect({boost::asio::ip::address_v4::loopback(), port});
    }
    /// Speaks until the publisher's state is one of these, or the server hung up. The state.
    Publisher::State reach(std::initializer_list<Publisher::State> states) {
        while (std::ranges::find(states, publisher.state()) == states.end()) {
            send();
            if (!receive()) break;
        }
        return publisher.state();
    }
    void send() {
        boost::system::error_code ignored;
        boost::asio::write(socket_, boost::asio::buffer(publisher.output()), ignored);
        publisher.output().clear();
    }
    void send_raw(BytesView bytes) {
        boost::system::error_code ignored;
        boost::asio::write(socket_, boost::asio::buffer(bytes.data(), bytes.size()), ignored);
    }
    /// False: the server hung up.
    bool receive() {
        std::array<std::uint8_t, 4096> piece;
        boost::system::error_code error;
        const auto count = socket_.read_some(boost::asio::buffer(piece), error);
        if (error) return false;
        in_.insert(in_.end(), piece.begin(), piece.begin() + static_cast<std::ptrdiff_t>(count));
        const auto taken = publisher.feed(in_);
        if (!taken) return false;
        in_.erase(in_.begin(), in_.begin() + static_cast<std::ptrdiff_t>(*taken));
        return true;
    }
    void drain() {
        while (receive()) {}
    }
    void hang_up() { socket_.close(); }

  private:
    SeededRandom random_;

  public:
    Publisher publisher;

  private:
    boost::asio::io_context loop_;
    boost::asio::ip::tcp::socket socket_;
    Bytes in_;
};

}  // namespace ae::media::rtmp::testing
