#include "media/workbench/sandbox.hpp"

#include <fcntl.h>
#include <seccomp.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <unistd.h>
#include <cerrno>
#include <csignal>
#include <cstring>

namespace ae::media::workbench {

namespace {

#if defined(__has_feature)
#if __has_feature(address_sanitizer) || __has_feature(thread_sanitizer) || __has_feature(memory_sanitizer)
constexpr bool kSanitized = true;
#else
constexpr bool kSanitized = false;
#endif
#endif

constexpr int kNiceness = 10;

bool limit(__rlimit_resource what, std::uint64_t most) {
    const rlimit both{most, most};
    return ::setrlimit(what, &both) == 0;
}

bool set_limits(const SandboxLimits& limits) {
    // Descriptors that are open stay; no number is free for another one.
    bool ok = limit(RLIMIT_NOFILE, 0) && limit(RLIMIT_NPROC, 0) && limit(RLIMIT_FSIZE, 0) && limit(RLIMIT_CORE, 0) && limit(RLIMIT_MEMLOCK, 0);
    ok = ok && limit(RLIMIT_CPU, limits.cpu_seconds);
    return ok && (kSanitized || limit(RLIMIT_AS, limits.memory_bytes));
}

/// Conditions on the argument at a place; libseccomp's own macros are no C++.
scmp_arg_cmp equals(unsigned place, std::uint64_t value) { return {place, SCMP_CMP_EQ, value, 0}; }
scmp_arg_cmp masked(unsigned place, std::uint64_t mask, std::uint64_t value) { return {place, SCMP_CMP_MASKED_EQ, mask, value}; }

/// The filter while it is put together, with the first error of any call.
class CallList {
  public:
    CallList() : filter_(seccomp_init(SCMP_ACT_ERRNO(EPERM))) {}
    ~CallList() {
        if (filter_ != nullptr) seccomp_release(filter_);
    }
    CallList(const CallList&) = delete;
    CallList& operator=(const CallList&) = delete;

    void allow(int call) { note(seccomp_rule_add(filter_, SCMP_ACT_ALLOW, call, 0)); }
    void allow(int call, scmp_arg_cmp if_so) { note(seccomp_rule_add(filter_, SCMP_ACT_ALLOW, call, 1, if_so)); }
    void allow(int call, scmp_arg_cmp if_so, scmp_arg_cmp and_so) { note(seccomp_rule_add(filter_, SCMP_ACT_ALLOW, call, 2, if_so, and_so)); }
    int load() {
        if (error_ == 0) note(seccomp_load(filter_));
        return error_;
    }

  private:
    void note(int error) {
        if (error_ == 0) error_ = error;
    }
    scmp_filter_ctx filter_;
    int error_ = filter_ == nullptr ? -ENOMEM : 0;
};

int load_call_list() {
    CallList list;
    const auto ours = static_cast<std::uint64_t>(::getpid());
    list.allow(SCMP_SYS(read), equals(0, kChannel));
    list.allow(SCMP_SYS(write), equals(0, kChannel));
    list.allow(SCMP_SYS(write), equals(0, STDERR_FILENO));
    // Memory of its own that holds no program.
    list.allow(SCMP_SYS(mmap), masked(2, PROT_EXEC, 0), masked(3, MAP_ANONYMOUS, MAP_ANONYMOUS));
    list.allow(SCMP_SYS(mprotect), masked(2, PROT_EXEC, 0));
    for (const int call : {SCMP_SYS(munmap), SCMP_SYS(mremap), SCMP_SYS(madvise), SCMP_SYS(brk), SCMP_SYS(futex), SCMP_SYS(exit),
                           SCMP_SYS(exit_group), SCMP_SYS(rt_sigreturn), SCMP_SYS(rt_sigprocmask), SCMP_SYS(clock_gettime), SCMP_SYS(sched_yield),
                           SCMP_SYS(getrandom), SCMP_SYS(getpid), SCMP_SYS(gettid), SCMP_SYS(restart_syscall)}) {
        list.allow(call);
    }
    // abort() ends the process by a signal to itself.
    list.allow(SCMP_SYS(tgkill), equals(0, ours));
    list.allow(SCMP_SYS(rt_sigaction), equals(0, SIGABRT));
    if (kSanitized) {
        for (const int call : {SCMP_SYS(sigaltstack), SCMP_SYS(rt_sigaction), SCMP_SYS(nanosleep), SCMP_SYS(clock_nanosleep)}) list.allow(call);
    }
    return list.load();
}

std::string failed(const char* what, int error) { return std::string{what} + ": " + std::strerror(error); }

}  // namespace

std::string enter_sandbox(const SandboxLimits& limits) {
    if (::setpriority(PRIO_PROCESS, 0, kNiceness) != 0) return failed("priority", errno);
    if (!set_limits(limits)) return failed("limits", errno);
    if (::prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0) != 0) return failed("no new privileges", errno);
    // Nobody of the same user looks into it, and it leaves no core.
    if (::prctl(PR_SET_DUMPABLE, 0, 0, 0, 0) != 0) return failed("not dumpable", errno);
    if (const int error = load_call_list(); error != 0) return failed("list of system calls", -error);
    return {};
}

}  // namespace ae::media::workbench
