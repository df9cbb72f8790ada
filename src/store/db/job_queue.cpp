#include "store/db/job_queue.hpp"

namespace ae::db {

namespace {
std::string_view name_of(Engine engine) { return engine == Engine::sqlite ? "sqlite" : "postgres"; }
}  // namespace

JobQueue::JobQueue(Engine engine, std::string_view kind, std::size_t most)
    : most_(most),
      depth_(metrics::gauge("aethex_db_queue_depth", "Works that wait for a database thread.", {{"engine", name_of(engine)}, {"kind", kind}})),
      refused_(
          metrics::counter("aethex_db_refused_total", "Works refused because the queue was full.", {{"engine", name_of(engine)}, {"kind", kind}})) {}

void JobQueue::put(Job job) {
    {
        const std::lock_guard lock{mutex_};
        if (!closed_ && jobs_.size() < most_) {
            jobs_.push_back(std::move(job));
            depth_.set(static_cast<double>(jobs_.size()));
            filled_.notify_one();
            return;
        }
    }
    refused_.add();
    job.done(std::make_exception_ptr(Unavailable{"the database's queue is full or closed"}));
}

std::vector<Job> JobQueue::take(std::size_t most, Duration wait) {
    std::unique_lock lock{mutex_};
    filled_.wait_for(lock, wait, [this] { return closed_ || !jobs_.empty(); });
    std::vector<Job> taken;
    while (!jobs_.empty() && taken.size() < most) {
        taken.push_back(std::move(jobs_.front()));
        jobs_.pop_front();
    }
    depth_.set(static_cast<double>(jobs_.size()));
    return taken;
}

std::vector<Job> JobQueue::take_reads(std::size_t most) {
    const std::lock_guard lock{mutex_};
    std::vector<Job> taken;
    while (!jobs_.empty() && !jobs_.front().writes && taken.size() < most) {
        taken.push_back(std::move(jobs_.front()));
        jobs_.pop_front();
    }
    depth_.set(static_cast<double>(jobs_.size()));
    return taken;
}

void JobQueue::close() {
    const std::lock_guard lock{mutex_};
    closed_ = true;
    filled_.notify_all();
}

bool JobQueue::closed() const {
    const std::lock_guard lock{mutex_};
    return closed_;
}

void finish(Job& job, std::exception_ptr error, metrics::Histogram& latency) {
    latency.observe(std::chrono::duration<double>(std::chrono::steady_clock::now() - job.since).count());
    job.work = nullptr;
    job.done(std::move(error));
}

metrics::Histogram& latency_of(Engine engine, std::string_view kind) {
    return metrics::histogram("aethex_db_seconds", "Time from asking the database to its answer, waiting included.", metrics::latency_bounds(),
                              {{"engine", name_of(engine)}, {"kind", kind}});
}

}  // namespace ae::db
