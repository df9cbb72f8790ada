#include "media/worker/worker_pool.hpp"

#include "base/log.hpp"
#include "base/metrics.hpp"
#include "io/timeout.hpp"
#include "media/worker/backoff.hpp"

namespace ae::media::worker {

namespace {

namespace asio = boost::asio;

constexpr Duration kStopLimit = std::chrono::seconds{2};

void count_start(bool ok) {
    metrics::counter("aethex_worker_starts_total", "Starts of the worker program.", {{"result", ok ? "ok" : "failed"}}).add();
}

void count_job(std::string_view kind, const Result<Bytes>& answer, SteadyTime began) {
    const auto result = answer ? std::string_view{"ok"} : answer.error().reason;
    metrics::counter("aethex_worker_jobs_total", "Jobs of the worker, by how they ended.", {{"kind", kind}, {"result", result}}).add();
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - began;
    metrics::histogram("aethex_worker_seconds", "How long jobs of the worker took, waiting included.", metrics::latency_bounds(), {{"kind", kind}})
        .observe(took.count());
}

Error busy() { return {Errc::unavailable, "worker_busy", "Too much is waiting to be converted; try again in a moment."}; }

/// Reasons that say something about the program, not about the job.
bool is_failure(const Result<Bytes>& answer) {
    return !answer && (answer.error().reason == "worker_crashed" || answer.error().reason == "worker_timed_out");
}

Result<job::Renditions> renditions_of(Result<Bytes> answer) {
    if (!answer) return answer.error();
    auto renditions = job::renditions_from(*answer);
    if (!renditions) return Error{Errc::unavailable, "worker_crashed", "The media worker gave an answer that nobody understands."};
    return std::move(*renditions);
}

}  // namespace

struct WorkerPool::Waiting {
    Waiting(const asio::any_io_executor& executor, Bytes job) : body(std::move(job)), began(executor), ended(executor) {}

    void end(Result<Bytes> with) {
        answer = std::move(with);
        began.set();
        ended.set();
    }

    Bytes body;
    io::Event began, ended;
    Result<Bytes> answer = Bytes{};
    bool given_up = false;
};

/// Whatever happens to a place, who waits for it gets an answer.
class WorkerPool::Promise {
  public:
    explicit Promise(WaitingPtr waiting) : waiting_(std::move(waiting)) {}
    ~Promise() {
        if (!waiting_->ended.happened()) waiting_->end(busy());
    }
    Promise(const Promise&) = delete;
    Promise& operator=(const Promise&) = delete;

    Waiting& operator*() const { return *waiting_; }
    Waiting* operator->() const { return waiting_.get(); }

  private:
    WaitingPtr waiting_;
};

WorkerPool::WorkerPool(io::Shard& home, const WorkerConfig& config)
    : home_(home),
      config_(config),
      wishes_{program_of(config), config.memory.bytes,
              static_cast<std::uint64_t>(std::chrono::duration_cast<std::chrono::seconds>(config.cpu_time).count())},
      queue_(home.context().get_executor(), static_cast<std::size_t>(config.most_waiting), io::WhenFull::refuse_new,
             metrics::counter("aethex_worker_refused_total", "Jobs refused because the queue was full.")),
      places_(std::make_unique<io::TaskGroup>(home.context().get_executor(), "worker.places")) {}

WorkerPool::~WorkerPool() = default;

void WorkerPool::start() {
    home_.post([this] {
        for (std::int64_t i = 0; i < config_.at_once; ++i) places_->spawn("place", serve_place());
    });
}

io::Task<> WorkerPool::stop_here() {
    queue_.close();
    while (auto waiting = queue_.try_pop()) (*waiting)->end(busy());
    co_await places_->stop(kStopLimit);
}

io::Task<> WorkerPool::stop() {
    auto work = stop_here();
    co_await io::on(home_, std::move(work));
}

io::Task<Result<job::Renditions>> WorkerPool::picture(job::PictureJob job) {
    auto answer = co_await run("picture", to_bytes(job));
    co_return renditions_of(std::move(answer));
}

io::Task<Result<job::Renditions>> WorkerPool::keyframe(job::KeyframeJob job) {
    auto answer = co_await run("keyframe", to_bytes(job));
    co_return renditions_of(std::move(answer));
}

io::Task<Result<Bytes>> WorkerPool::run(std::string kind, Bytes body) {
    const auto began = std::chrono::steady_clock::now();
    auto work = run_here(std::move(body));
    auto answer = co_await io::on(home_, std::move(work));
    count_job(kind, answer, began);
    co_return answer;
}

io::Task<Result<Bytes>> WorkerPool::run_here(Bytes body) {
    static auto& depth = metrics::gauge("aethex_worker_waiting", "Jobs that wait for a worker.");
    auto waiting = std::make_shared<Waiting>(home_.context().get_executor(), std::move(body));
    if (!queue_.push(waiting)) co_return busy();
    depth.add(1);
    auto turn = waiting->began.wait();
    co_await io::finish_within(std::move(turn), config_.wait_limit);
    depth.add(-1);
    if (!waiting->began.happened()) {
        waiting->given_up = true;
        co_return busy();
    }
    co_await waiting->ended.wait();
    co_return std::move(waiting->answer);
}

io::Task<> WorkerPool::serve_place() {
    std::unique_ptr<WorkerProcess> process;
    Backoff backoff;
    while (auto waiting = co_await queue_.pop()) {
        if ((*waiting)->given_up) continue;
        auto next = do_one(process, std::move(*waiting));
        if (co_await std::move(next)) backoff.succeeded();
        else co_await io::sleep_for(backoff.failed());
    }
}

// `process` is the place's own, which awaits this in place.
io::Task<bool> WorkerPool::do_one(std::unique_ptr<WorkerProcess>& process, WaitingPtr waiting) {
    const Promise promise{std::move(waiting)};
    promise->began.set();
    if (process && !process->usable()) co_await end(process);
    if (!process) {
        auto started = co_await WorkerProcess::start(wishes_);
        count_start(started.has_value());
        if (!started) {
            log::error("worker.not_started", {{"program", wishes_.program}, {"why", started.error().detail}});
            promise->end(started.error());
            co_return false;
        }
        process = std::move(*started);
    }
    auto work = process->work(std::move(promise->body), config_.time_limit);
    promise->end(co_await std::move(work));
    if (!is_failure(promise->answer)) co_return true;
    const auto end_reason = promise->answer.error().reason;
    log::warn("worker.failed", {{"reason", end_reason}, {"pid", process->pid()}});
    co_await end(process);
    co_return false;
}

// As above.
io::Task<> WorkerPool::end(std::unique_ptr<WorkerProcess>& process) {
    const auto gone = std::move(process);
    co_await gone->stop();
}

}  // namespace ae::media::worker
