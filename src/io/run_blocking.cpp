#include "io/run_blocking.hpp"

#include <exception>

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/io_context.hpp>

namespace ae::io {

void run_loop_blocking(Task<> work) {
    // Kept for the thread's life: a thread that posted the last answer may still be on its way out of `post` when the loop ends.
    static thread_local asio::io_context loop{1};
    loop.restart();
    std::exception_ptr failure;
    asio::co_spawn(loop, std::move(work), [&failure](std::exception_ptr thrown) { failure = thrown; });
    loop.run();
    if (failure) std::rethrow_exception(failure);
}

}  // namespace ae::io
