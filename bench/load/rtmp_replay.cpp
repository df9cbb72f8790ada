// rtmp_replay FILE.flv URL... --seconds S
//
// Publishes one prepared file to every URL in real time, round and round, from one epoll loop. The streams begin spread over two
// seconds, as streams of different people do. When the first tag of the first stream goes out it prints
// {"origin_unix_ms": ...}: the frame with timestamp t was sent at that moment plus t. At the end it prints what it sent and how
// late it was itself; a stream that the server ends is a failure.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <array>
#include <cstdio>
#include <memory>
#include <queue>

#include "base/id.hpp"
#include "load/latencies.hpp"
#include "load/process_cpu.hpp"
#include "load/replayed_file.hpp"
#include "load/socket.hpp"
#include "media/rtmp/publisher.hpp"

namespace {

using namespace ae::bench;
using ae::Bytes;
using ae::Random;
using ae::SystemRandom;
using ae::media::rtmp::Publisher;

constexpr std::uint32_t kChunkSize = 60'000;

class Stream : public Watched {
  public:
    Stream(std::string_view text, std::size_t index, Random& random) : url_{parse_url(text)}, publisher_{config(url_, text), random} {
        socket_.connect(url_, index);
        send_output();
    }

    const Socket& socket() const { return socket_; }
    bool publishing() const { return publisher_.state() == Publisher::State::publishing; }

    void on_ready(std::uint32_t) override {
        static std::array<char, 64 * 1024> buffer;
        socket_.flush();
        while (const std::size_t got = socket_.receive(buffer.data(), buffer.size())) {
            in_.insert(in_.end(), buffer.data(), buffer.data() + got);
            const auto taken = publisher_.feed(in_);
            if (!taken) fail(fmt::format("The server's answer cannot be read: {}", taken.error().reason));
            in_.erase(in_.begin(), in_.begin() + static_cast<std::ptrdiff_t>(*taken));
            send_output();
        }
        if (publisher_.state() == Publisher::State::refused) fail(fmt::format("Refused: {} {}", publisher_.code(), publisher_.description()));
    }

    void begin(Clock::time_point origin, ReplayedFile& file) {
        origin_ = origin;
        lap_ = file.lap(0);
    }

    Clock::time_point due() const { return origin_ + std::chrono::milliseconds{(*lap_)[at_].at_ms}; }

    std::size_t send_one(ReplayedFile& file) {
        const auto& bytes = (*lap_)[at_].bytes;
        socket_.send({reinterpret_cast<const char*>(bytes.data()), bytes.size()});
        const auto size = bytes.size();
        if (++at_ == lap_->size()) {
            lap_ = file.lap(++lap_number_);
            at_ = 0;
        }
        return size;
    }

  private:
    static ae::media::rtmp::PublisherConfig config(const Url& url, std::string_view text) {
        const auto slash = url.path.find('/', 1);
        if (slash == std::string::npos) fail(fmt::format("'{}' names no stream.", text));
        ae::media::rtmp::PublisherConfig made;
        made.app = url.path.substr(1, slash - 1);
        made.key = url.path.substr(slash + 1);
        made.tc_url = fmt::format("rtmp://{}/{}", url.authority(), made.app);
        made.chunk_size = kChunkSize;
        return made;
    }

    void send_output() {
        auto& output = publisher_.output();
        socket_.send({reinterpret_cast<const char*>(output.data()), output.size()});
        output.clear();
    }

    Url url_;
    Publisher publisher_;
    Socket socket_;
    Bytes in_;
    Clock::time_point origin_;
    std::shared_ptr<const ReplayedFile::Lap> lap_;
    std::uint32_t lap_number_ = 0;
    std::size_t at_ = 0;
};

std::vector<std::unique_ptr<Stream>> connect_all(const std::vector<std::string>& urls, Loop& loop, Random& random) {
    std::vector<std::unique_ptr<Stream>> streams;
    for (const auto& url : urls) {
        streams.push_back(std::make_unique<Stream>(url, streams.size(), random));
        loop.watch(streams.back()->socket(), *streams.back(), Loop::For::reading_and_writing);
    }
    const auto end = Clock::now() + std::chrono::seconds(10);
    while (!std::ranges::all_of(streams, &Stream::publishing)) {
        if (Clock::now() > end) fail("Not every stream was let in within 10 s.");
        loop.turn(std::chrono::milliseconds(10));
    }
    return streams;
}

}  // namespace

int main(int argc, char** argv) {
    std::string path;
    std::vector<std::string> urls;
    double seconds = 10;
    CLI::App app{"Replays one prepared file to many stream keys"};
    app.add_option("FILE", path)->required();
    app.add_option("URL", urls)->required();
    app.add_option("--seconds", seconds);
    CLI11_PARSE(app, argc, argv);

    SystemRandom random;
    ReplayedFile file{path, kChunkSize};
    Loop loop;
    auto streams = connect_all(urls, loop, random);

    const auto start = Clock::now();
    const auto end = start + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(seconds));
    const auto later = [](const Stream* a, const Stream* b) { return a->due() > b->due(); };
    std::priority_queue<Stream*, std::vector<Stream*>, decltype(later)> queue{later};
    for (std::size_t at = 0; at < streams.size(); ++at) {
        streams[at]->begin(start + std::chrono::milliseconds(2000 * at / streams.size()), file);
        queue.push(streams[at].get());
    }
    const auto unix_ms = std::chrono::duration<double, std::milli>(std::chrono::system_clock::now().time_since_epoch()).count();
    fmt::print("{{\"origin_unix_ms\":{:.3f}}}\n", unix_ms);
    std::fflush(stdout);

    Latencies lateness;
    std::uint64_t tags = 0;
    std::uint64_t bytes = 0;
    for (auto now = start; now < end; now = Clock::now()) {
        while (queue.top()->due() <= now) {
            Stream* stream = queue.top();
            queue.pop();
            lateness.add(std::chrono::duration<double, std::milli>(now - stream->due()).count());
            bytes += stream->send_one(file);
            ++tags;
            queue.push(stream);
        }
        const auto wait = std::chrono::duration_cast<std::chrono::microseconds>(queue.top()->due() - Clock::now());
        loop.turn(std::max(wait, std::chrono::microseconds{0}));
    }
    fmt::print(R"({{"streams":{},"seconds":{:.2f},"tags":{},"megabits_per_stream":{:.2f},"late_ms_p99":{:.2f},"load_cpu_seconds":{:.2f}}})"
               "\n",
               streams.size(), seconds, tags, static_cast<double>(bytes) * 8 / 1e6 / seconds / static_cast<double>(streams.size()),
               lateness.percentile(0.99), own_cpu_seconds());
}
