#include "io/subprocess.hpp"

#include <fcntl.h>
#include <spawn.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <utility>

#include <fmt/format.h>

// The header of glibc 2.36 forgets to say that this is C.
extern "C" {
#include <sys/pidfd.h>
}

#include "base/check.hpp"
#include "io/timeout.hpp"

namespace ae::io {

namespace {

constexpr int kChannelDescriptor = 3;

class Descriptor {
  public:
    Descriptor() = default;
    explicit Descriptor(int number) : number_(number) {}
    Descriptor(Descriptor&& other) noexcept : number_(std::exchange(other.number_, -1)) {}
    Descriptor& operator=(Descriptor&& other) noexcept {
        std::swap(number_, other.number_);
        return *this;
    }
    ~Descriptor() {
        if (number_ >= 0) ::close(number_);
    }
    int get() const { return number_; }
    int release() { return std::exchange(number_, -1); }

  private:
    int number_ = -1;
};

struct Pair {
    Descriptor ours, theirs;
};

/// posix_spawn's file actions and attributes, with the first error of any call.
class SpawnPlan {
  public:
    SpawnPlan() {
        posix_spawn_file_actions_init(&actions_);
        posix_spawnattr_init(&attributes_);
        sigset_t none, all;
        sigemptyset(&none);
        sigfillset(&all);
        posix_spawnattr_setsigmask(&attributes_, &none);
        posix_spawnattr_setsigdefault(&attributes_, &all);
        posix_spawnattr_setpgroup(&attributes_, 0);
        posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETPGROUP);
    }
    ~SpawnPlan() {
        posix_spawn_file_actions_destroy(&actions_);
        posix_spawnattr_destroy(&attributes_);
    }
    SpawnPlan(const SpawnPlan&) = delete;
    SpawnPlan& operator=(const SpawnPlan&) = delete;

    void note(int error) {
        if (error_ == 0) error_ = error;
    }
    void connect(int from, int to) { note(posix_spawn_file_actions_adddup2(&actions_, from, to)); }
    void connect_null(int to, int flags) { note(posix_spawn_file_actions_addopen(&actions_, to, "/dev/null", flags, 0)); }
    void change_directory(const std::string& directory) { note(posix_spawn_file_actions_addchdir_np(&actions_, directory.c_str())); }
    void close_from(int lowest) { note(posix_spawn_file_actions_addclosefrom_np(&actions_, lowest)); }

    int spawn(pid_t& pid, const ProcessWish& wish) {
        if (error_ != 0) return error_;
        auto arguments = pointers(wish.argv);
        std::vector<char*> variables;
        if (wish.environment) variables = pointers(*wish.environment);
        return posix_spawnp(&pid, wish.argv[0].c_str(), &actions_, &attributes_, arguments.data(), wish.environment ? variables.data() : environ);
    }

  private:
    static std::vector<char*> pointers(const std::vector<std::string>& texts) {
        std::vector<char*> out;
        for (const auto& text : texts) out.push_back(const_cast<char*>(text.c_str()));
        out.push_back(nullptr);
        return out;
    }

    posix_spawn_file_actions_t actions_;
    posix_spawnattr_t attributes_;
    int error_ = 0;
};

/// Above the descriptors that the child gets, or one dup2 could overwrite the source of the next.
Descriptor lifted(int number) {
    const Descriptor low{number};
    return Descriptor{::fcntl(number, F_DUPFD_CLOEXEC, kChannelDescriptor + 1)};
}

Pair connect_stream(SpawnPlan& plan, Stream stream, int number) {
    Pair pair;
    if (stream == Stream::null) plan.connect_null(number, number == STDIN_FILENO ? O_RDONLY : O_WRONLY);
    if (stream != Stream::pipe) return pair;
    int ends[2];
    if (::pipe2(ends, O_CLOEXEC) != 0) {
        plan.note(errno);
        return pair;
    }
    const int ours = number == STDIN_FILENO ? 1 : 0;
    pair.ours = Descriptor{ends[ours]};
    pair.theirs = lifted(ends[1 - ours]);
    if (pair.theirs.get() < 0) plan.note(errno);
    plan.connect(pair.theirs.get(), number);
    return pair;
}

Pair connect_channel(SpawnPlan& plan, bool wanted) {
    Pair pair;
    if (!wanted) return pair;
    int ends[2];
    if (::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends) != 0) {
        plan.note(errno);
        return pair;
    }
    pair.ours = Descriptor{ends[0]};
    pair.theirs = lifted(ends[1]);
    if (pair.theirs.get() < 0) plan.note(errno);
    plan.connect(pair.theirs.get(), kChannelDescriptor);
    return pair;
}

Error not_started(const ProcessWish& wish, int error) {
    return Error{Errc::unavailable, "process_not_started", fmt::format("Cannot start {}: {}.", wish.argv[0], std::strerror(error))};
}

}  // namespace

std::string ProcessEnd::text() const { return signal != 0 ? fmt::format("signal {}", signal) : fmt::format("exit code {}", code); }

Subprocess::Subprocess(const asio::any_io_executor& executor)
    : in_(executor), out_(executor), err_(executor), channel_(executor), pidfd_(executor), ended_(executor) {}

Result<std::unique_ptr<Subprocess>> Subprocess::start(const asio::any_io_executor& executor, const ProcessWish& wish) {
    AE_CHECK(!wish.argv.empty(), "the program is named in the source");
    SpawnPlan plan;
    auto in = connect_stream(plan, wish.in, STDIN_FILENO);
    auto out = connect_stream(plan, wish.out, STDOUT_FILENO);
    auto err = connect_stream(plan, wish.err, STDERR_FILENO);
    auto channel = connect_channel(plan, wish.channel);
    plan.close_from(wish.channel ? kChannelDescriptor + 1 : kChannelDescriptor);
    if (!wish.directory.empty()) plan.change_directory(wish.directory);

    std::unique_ptr<Subprocess> process{new Subprocess{executor}};
    if (const int error = plan.spawn(process->pid_, wish); error != 0) {
        process->pid_ = -1;
        return not_started(wish, error);
    }
    const int pidfd = ::pidfd_open(process->pid_, 0);
    if (pidfd < 0) return not_started(wish, errno);
    process->pidfd_.assign(pidfd);
    if (in.ours.get() >= 0) process->in_.assign(in.ours.release());
    if (out.ours.get() >= 0) process->out_.assign(out.ours.release());
    if (err.ours.get() >= 0) process->err_.assign(err.ours.release());
    if (channel.ours.get() >= 0) process->channel_.assign(asio::local::stream_protocol{}, channel.ours.release());
    process->watch();
    return process;
}

Subprocess::~Subprocess() {
    if (pid_ < 0 || ended_.happened()) return;
    signal(SIGKILL);
    siginfo_t ignored{};
    while (::waitid(P_PID, static_cast<id_t>(pid_), &ignored, WEXITED) != 0 && errno == EINTR) {}
}

void Subprocess::watch() {
    pidfd_.async_wait(asio::posix::stream_descriptor::wait_read, [this](const boost::system::error_code& error) {
        if (!error) reap();
    });
}

void Subprocess::reap() {
    // Until it is reaped its number, and so its group's, belongs to nobody else.
    ::kill(-pid_, SIGKILL);
    siginfo_t how{};
    if (::waitid(P_PID, static_cast<id_t>(pid_), &how, WEXITED | WNOHANG) == 0) {
        if (how.si_code == CLD_EXITED) end_ = {how.si_status, 0};
        else end_ = {-1, how.si_status};
    }
    pidfd_.close();
    ended_.set();
}

void Subprocess::signal(int number) const {
    if (!ended_.happened()) ::kill(-pid_, number);
}

Task<ProcessEnd> Subprocess::wait() {
    co_await ended_.wait();
    co_return end_;
}

Task<ProcessEnd> Subprocess::stop(Duration grace) {
    signal(SIGTERM);
    auto end = ended_.wait();
    if (!co_await finish_within(std::move(end), grace)) signal(SIGKILL);
    co_return co_await wait();
}

}  // namespace ae::io
