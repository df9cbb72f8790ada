// hls_viewers MEDIA_PLAYLIST_URL --viewers N --seconds S --pid P
//
// N low-latency viewers over one connection each: every one blocks on the playlist, fetches every part as soon as it is listed and
// compares its checksum with the one that the first viewer got. A part exists from the end of its program date time, when its last
// frame has come in; how much later a viewer has all of it is its latency. Prints one line of JSON.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <array>
#include <memory>
#include <optional>
#include <unordered_map>

#include "load/http_response.hpp"
#include "load/latencies.hpp"
#include "load/playlist_view.hpp"
#include "load/process_cpu.hpp"
#include "load/socket.hpp"

namespace {

using namespace ae::bench;

double now_unix() { return std::chrono::duration<double>(std::chrono::system_clock::now().time_since_epoch()).count(); }

struct Part {
    ListedPart listed;
    std::string request;
    double first_listed = 0;  // when the first viewer heard of it
    std::optional<std::uint32_t> checksum;
};

/// A playlist that many viewers were given, with its parts and the request that asks for the next one.
struct Shared {
    std::vector<std::shared_ptr<Part>> parts;
    std::string next_request;
};

/// What all viewers have in common, and what is counted.
class Audience {
  public:
    explicit Audience(Url playlist) : playlist_{std::move(playlist)} { first_request_ = request(playlist_.path); }

    const Url& playlist() const { return playlist_; }
    const std::string& first_request() const { return first_request_; }
    bool measuring = false;

    std::uint64_t parts = 0, bytes = 0, playlists = 0, lost = 0, empty_answers = 0, other_bytes = 0;
    Latencies after_end;     // since the part's end, by the program date time
    Latencies after_listed;  // since the first viewer heard of it

    std::shared_ptr<const Shared> read(const HttpResponse& response) {
        // Equal bytes are parsed once; the checksum and the length are their name.
        const std::uint64_t name = (std::uint64_t{response.checksum()} << 32) ^ response.length();
        if (const auto known = known_.find(name); known != known_.end()) return known->second;
        const auto view = read_playlist(response.body(), playlist_.path);
        if (view.ended) fail("The broadcast has ended.");
        auto shared = std::make_shared<Shared>();
        for (const auto& listed : view.parts) shared->parts.push_back(part(listed));
        const char* joint = playlist_.path.find('?') == std::string::npos ? "?" : "&";
        shared->next_request = request(fmt::format("{}{}_HLS_msn={}&_HLS_part={}", playlist_.path, joint, view.next.msn, view.next.part));
        known_.emplace(name, shared);
        order_.push_back(name);
        if (order_.size() > 64) {
            known_.erase(order_.front());
            order_.erase(order_.begin());
        }
        return shared;
    }

    void took(Part& part, const HttpResponse& response) {
        if (!part.checksum) part.checksum = response.checksum();
        if (!measuring) return;
        ++parts;
        bytes += response.length();
        other_bytes += *part.checksum != response.checksum();
        const double now = now_unix();
        if (part.listed.ends_at > 0) after_end.add((now - part.listed.ends_at) * 1000);
        after_listed.add((now - part.first_listed) * 1000);
    }

  private:
    std::string request(std::string_view path) const { return fmt::format("GET {} HTTP/1.1\r\nHost: {}\r\n\r\n", path, playlist_.authority()); }

    std::shared_ptr<Part> part(const ListedPart& listed) {
        auto& known = parts_[listed.path];
        if (auto alive = known.lock()) return alive;
        auto made = std::make_shared<Part>(Part{listed, request(listed.path), now_unix(), std::nullopt});
        known = made;
        return made;
    }

    Url playlist_;
    std::string first_request_;
    std::unordered_map<std::uint64_t, std::shared_ptr<const Shared>> known_;
    std::vector<std::uint64_t> order_;
    std::unordered_map<std::string, std::weak_ptr<Part>> parts_;
};

class Viewer : public Watched {
  public:
    Viewer(Audience& audience, std::size_t index) : audience_{audience} { socket_.connect(audience.playlist(), index); }

    const Socket& socket() const { return socket_; }

    void start() {
        response_.begin(true);
        socket_.send(audience_.first_request());
    }

    void on_ready(std::uint32_t) override {
        static std::array<char, 128 * 1024> buffer;
        while (const std::size_t got = socket_.receive(buffer.data(), buffer.size())) {
            if (response_.feed({buffer.data(), got}) != got) fail("More came than was asked for.");
            if (response_.done()) take_answer();
            if (got < buffer.size()) break;
        }
    }

  private:
    void take_answer() {
        if (response_.status() != 200) fail(fmt::format("An answer was {}: {}", response_.status(), response_.head()));
        if (at_ < waiting_.size()) {
            audience_.took(*waiting_[at_++], response_);
        } else {
            take_playlist();
        }
        ask_next();
    }

    void take_playlist() {
        shared_ = audience_.read(response_);
        audience_.playlists += audience_.measuring;
        waiting_.clear();
        at_ = 0;
        const auto& parts = shared_->parts;
        std::size_t first = parts.size() - 1;  // a new viewer begins with the last part
        if (last_) {
            for (first = parts.size(); first > 0 && parts[first - 1]->listed.number > last_->listed.number;) --first;
            const bool follows = first > 0 && parts[first - 1] == last_;
            if (audience_.measuring && !follows) ++audience_.lost;
            if (audience_.measuring && first == parts.size()) ++audience_.empty_answers;
        }
        waiting_.assign(parts.begin() + static_cast<std::ptrdiff_t>(first), parts.end());
        if (!waiting_.empty()) last_ = waiting_.back();
    }

    void ask_next() {
        const bool part = at_ < waiting_.size();
        response_.begin(!part);
        socket_.send(part ? waiting_[at_]->request : shared_->next_request);
        if (socket_.has_unsent()) fail("A request did not fit the kernel's buffer.");
    }

    Audience& audience_;
    Socket socket_;
    HttpResponse response_;
    std::shared_ptr<const Shared> shared_;
    std::vector<std::shared_ptr<Part>> waiting_;  // parts to fetch before the next playlist
    std::size_t at_ = 0;
    std::shared_ptr<Part> last_;
};

void run_for(Loop& loop, double seconds) {
    const auto end = Clock::now() + std::chrono::duration<double>(seconds);
    while (Clock::now() < end) loop.turn(std::chrono::milliseconds(10));
}

void print_result(Audience& audience, std::size_t viewers, double wall, double cpu, double own_cpu, pid_t pid) {
    fmt::print(
        R"({{"viewers":{},"seconds":{:.2f},"parts":{},"playlists":{},"lost":{},"empty_answers":{},"other_bytes":{},)"
        R"("part_ms_p50":{:.1f},"part_ms_p99":{:.1f},"after_listed_ms_p50":{:.1f},"after_listed_ms_p99":{:.1f},)"
        R"("server_cpu_share":{:.3f},"load_cpu_share":{:.3f},"parts_per_server_cpu_second":{:.0f},"megabits_per_viewer":{:.2f},"server_megabytes":{:.1f}}})"
        "\n",
        viewers, wall, audience.parts, audience.playlists, audience.lost, audience.empty_answers, audience.other_bytes,
        audience.after_end.percentile(0.5), audience.after_end.percentile(0.99), audience.after_listed.percentile(0.5),
        audience.after_listed.percentile(0.99), cpu / wall, own_cpu / wall, cpu > 0 ? static_cast<double>(audience.parts) / cpu : 0,
        static_cast<double>(audience.bytes) * 8 / 1e6 / wall / static_cast<double>(viewers), resident_megabytes(pid));
}

}  // namespace

int main(int argc, char** argv) {
    std::string url;
    std::size_t viewers = 100;
    double seconds = 5;
    pid_t pid = 0;
    CLI::App app{"Low-latency HLS viewers"};
    app.add_option("URL", url, "a media playlist")->required();
    app.add_option("--viewers", viewers);
    app.add_option("--seconds", seconds);
    app.add_option("--pid", pid, "the server's")->required();
    CLI11_PARSE(app, argc, argv);

    Audience audience{parse_url(url)};
    Loop loop;
    std::vector<std::unique_ptr<Viewer>> all;
    for (std::size_t at = 0; at < viewers; ++at) {
        all.push_back(std::make_unique<Viewer>(audience, at));
        loop.watch(all.back()->socket(), *all.back(), Loop::For::reading);
        all.back()->start();
        if (at % 50 == 49) loop.turn(std::chrono::milliseconds(5));  // they arrive over some time, as viewers do
    }
    run_for(loop, 2.0);  // everybody waits for the same part now

    audience.measuring = true;
    const double cpu_before = cpu_seconds(pid);
    const double own_before = own_cpu_seconds();
    const auto began = Clock::now();
    run_for(loop, seconds);
    const double wall = std::chrono::duration<double>(Clock::now() - began).count();
    print_result(audience, viewers, wall, cpu_seconds(pid) - cpu_before, own_cpu_seconds() - own_before, pid);
    return audience.lost == 0 && audience.other_bytes == 0 && audience.parts > 0 ? 0 : 1;
}
