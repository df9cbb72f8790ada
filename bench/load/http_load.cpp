// http_load URL... --connections N --seconds S --pid P
//
// Keep-alive requests as fast as the server answers, one in flight a connection, the addresses in turn. Every answer must be 200
// and have the bytes of the first answer from that address. Prints one line of JSON.
#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <array>
#include <memory>
#include <optional>

#include "load/http_response.hpp"
#include "load/process_cpu.hpp"
#include "load/socket.hpp"

namespace {

using namespace ae::bench;

struct Target {
    Url url;
    std::string request;
    std::optional<std::uint32_t> checksum;
};

struct Totals {
    std::uint64_t answers = 0;
    std::uint64_t bytes = 0;
};

class Connection : public Watched {
  public:
    Connection(std::vector<Target>& targets, Totals& totals, std::size_t index) : targets_{targets}, totals_{totals}, next_{index % targets.size()} {
        socket_.connect(targets[0].url, index);
    }

    const Socket& socket() const { return socket_; }

    void ask() {
        response_.begin(false);
        socket_.send(targets_[next_].request);
    }

    void on_ready(std::uint32_t) override {
        static std::array<char, 256 * 1024> buffer;
        while (const std::size_t got = socket_.receive(buffer.data(), buffer.size())) {
            if (response_.feed({buffer.data(), got}) != got) fail("More came than was asked for.");
            if (response_.done()) take();
            if (got < buffer.size()) break;  // a short read has emptied the socket; the next byte makes an event
        }
    }

  private:
    void take() {
        auto& target = targets_[next_];
        if (response_.status() != 200) fail(fmt::format("{} gave {}", target.url.path, response_.status()));
        if (!target.checksum) target.checksum = response_.checksum();
        if (*target.checksum != response_.checksum()) fail(fmt::format("{} gave other bytes than before", target.url.path));
        ++totals_.answers;
        totals_.bytes += response_.length();
        next_ = (next_ + 1) % targets_.size();
        ask();
    }

    std::vector<Target>& targets_;
    Totals& totals_;
    std::size_t next_;
    Socket socket_;
    HttpResponse response_;
};

}  // namespace

int main(int argc, char** argv) {
    std::vector<std::string> urls;
    std::size_t connections = 64;
    double seconds = 5;
    pid_t pid = 0;
    CLI::App app{"Keep-alive HTTP load"};
    app.add_option("URL", urls)->required();
    std::size_t clients = 1;
    app.add_option("--connections", connections);
    app.add_option("--clients", clients, "as a proxy for this many clients an address: each is limited by itself");
    app.add_option("--seconds", seconds);
    app.add_option("--pid", pid)->required();
    CLI11_PARSE(app, argc, argv);

    std::vector<Target> targets;
    for (const auto& text : urls) {
        const Url url = parse_url(text);
        for (std::size_t client = 0; client < clients; ++client) {
            const auto number = targets.size();
            const auto forwarded = clients == 1 ? std::string{} : fmt::format("X-Forwarded-For: 10.1.{}.{}\r\n", number / 250, number % 250 + 1);
            targets.push_back({url, fmt::format("GET {} HTTP/1.1\r\nHost: {}\r\n{}\r\n", url.path, url.authority(), forwarded), std::nullopt});
        }
    }
    Loop loop;
    Totals totals;
    std::vector<std::unique_ptr<Connection>> all;
    for (std::size_t at = 0; at < connections; ++at) {
        all.push_back(std::make_unique<Connection>(targets, totals, at));
        loop.watch(all.back()->socket(), *all.back(), Loop::For::reading);
        all.back()->ask();
    }
    const auto run_for = [&](double wanted) {
        const auto end = Clock::now() + std::chrono::duration<double>(wanted);
        while (Clock::now() < end) loop.turn(std::chrono::milliseconds(10));
    };
    run_for(0.5);  // connections are warm, and the addresses' first answers are known

    const Totals before = totals;
    const double cpu_before = cpu_seconds(pid);
    const double own_before = own_cpu_seconds();
    const auto began = Clock::now();
    run_for(seconds);
    const double wall = std::chrono::duration<double>(Clock::now() - began).count();
    const double cpu = cpu_seconds(pid) - cpu_before;
    const double answers = static_cast<double>(totals.answers - before.answers);
    fmt::print(
        R"({{"answers":{},"seconds":{:.3f},"server_cpu_seconds":{:.2f},"load_cpu_seconds":{:.2f},"per_server_cpu_second":{:.0f},"per_second":{:.0f},)"
        R"("megabytes_per_second":{:.1f},"connections":{}}})"
        "\n",
        answers, wall, cpu, own_cpu_seconds() - own_before, cpu > 0 ? answers / cpu : 0, answers / wall,
        static_cast<double>(totals.bytes - before.bytes) / wall / 1e6, connections);
}
