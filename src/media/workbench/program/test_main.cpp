// aethex-worker-test: the same program with jobs that misbehave. For tests alone.
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <unistd.h>
#include <cerrno>
#include <csignal>
#include <cstdlib>
#include <ctime>
#include <vector>

#include "media/job/misdeed.hpp"
#include "media/workbench/sandbox.hpp"
#include "media/workbench/serve.hpp"

namespace {

using namespace ae;
using namespace ae::media::workbench;
using media::job::Misdeed;

/// What the kernel said; 0: it let it happen.
Bytes refusal(long result) { return {static_cast<std::uint8_t>(result >= 0 ? 0 : errno)}; }

Bytes try_execve() {
    char* const none[] = {nullptr};
    return refusal(::execve("/bin/true", none, none));
}

Bytes try_fork() {
    const auto child = ::fork();
    if (child == 0) ::_exit(0);
    return refusal(child);
}

Bytes try_map_code() {
    void* const memory = ::mmap(nullptr, 4096, PROT_READ | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    return refusal(memory == MAP_FAILED ? -1 : 0);
}

Bytes try_read_other() {
    char byte = 0;
    return refusal(::read(0, &byte, 1));
}

Bytes try_hoard() {
    std::vector<void*> kept;
    for (int i = 0; i < 4096; ++i) {
        void* const memory = ::mmap(nullptr, std::size_t{16} << 20, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
        if (memory == MAP_FAILED) return {1};
        kept.push_back(memory);
    }
    return {0};
}

[[noreturn]] void hang() {
    volatile std::uint64_t turns = 0;
    while (true) turns = turns + 1;
}

Bytes work_hard() {
    const auto end = std::clock() + CLOCKS_PER_SEC / 3;
    while (std::clock() < end) {}
    return {};
}

[[noreturn]] void garble() {
    const char text[] = "\xff\xff\xff\xff what is this";
    if (::write(kChannel, text, sizeof text) < 0) ::_exit(9);
    hang();
}

Done<Bytes> misbehave(BytesView body) {
    if (body.empty() || body[0] < static_cast<std::uint8_t>(Misdeed::open)) return work_on_message(body);
    switch (static_cast<Misdeed>(body[0])) {
        case Misdeed::open: return refusal(::open("/etc/passwd", O_RDONLY | O_CLOEXEC));
        case Misdeed::socket: return refusal(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
        case Misdeed::execve: return try_execve();
        case Misdeed::fork: return try_fork();
        case Misdeed::connect_out: return refusal(::sendto(kChannel, "x", 1, 0, nullptr, 0));
        case Misdeed::map_code: return try_map_code();
        case Misdeed::read_other: return try_read_other();
        case Misdeed::crash: ::raise(SIGSEGV); break;
        case Misdeed::abort: std::abort();
        case Misdeed::exit_quietly: ::_exit(0);
        case Misdeed::hang: hang();
        case Misdeed::hoard: return try_hoard();
        case Misdeed::garble: garble();
        case Misdeed::work_hard: return work_hard();
        case Misdeed::echo: return Bytes(body.begin() + 1, body.end());
    }
    return std::unexpected{media::job::Fault::job_invalid};
}

}  // namespace

int main(int argc, char** argv) { ::_exit(run_program_blocking(argc, argv, misbehave)); }
