#include "io/sweep.hpp"

#include <algorithm>

#include <boost/asio/post.hpp>

namespace ae::io {

namespace {

struct Sweep : std::enable_shared_from_this<Sweep> {
    asio::any_io_executor executor;
    std::size_t count = 0, start = 0, next = 0;
    std::function<void(std::size_t)> each;
    std::function<void()> done;

    void post_step() {
        asio::post(executor, [self = shared_from_this()] { self->step(); });
    }

    void step() {
        const auto first = next;
        next = std::min(next + kSweepBatch, count);
        const auto last = next;
        // Posted before the batch runs: what the batch throws cannot end the sweep.
        if (last < count) post_step();
        else if (done) asio::post(executor, std::move(done));
        for (std::size_t i = first; i < last; ++i) each((start + i) % count);
    }
};

}  // namespace

void sweep_indices(asio::any_io_executor executor, std::size_t count, std::function<void(std::size_t)> each, std::function<void()> done,
                   std::size_t start) {
    auto sweep = std::make_shared<Sweep>();
    sweep->executor = std::move(executor);
    sweep->count = count;
    sweep->start = count == 0 ? 0 : start % count;
    sweep->each = std::move(each);
    sweep->done = std::move(done);
    sweep->post_step();
}

}  // namespace ae::io
