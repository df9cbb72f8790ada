#include "io/thread.hpp"

#include <pthread.h>
#include <csignal>

namespace ae::io {

namespace {
constexpr std::size_t kMostNameLength = 15;  // pthread_setname_np(3)
}

std::thread start_thread(const std::string& name, std::function<void()> body) {
    // A thread inherits its mask, so there is no moment in which it could be chosen for a signal.
    sigset_t all, before;
    sigfillset(&all);
    // What a thread does to itself stays its own: a blocked SIGSEGV would end the process without a word from the sanitizer.
    for (const int own : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGTRAP, SIGABRT}) sigdelset(&all, own);
    pthread_sigmask(SIG_SETMASK, &all, &before);
    std::thread thread{std::move(body)};
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
    pthread_setname_np(thread.native_handle(), name.substr(0, kMostNameLength).c_str());
    return thread;
}

}  // namespace ae::io
