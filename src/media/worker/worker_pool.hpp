// The workers of this server: a few programs, and a bounded queue before them.
#pragma once

#include <memory>

#include "base/result.hpp"
#include "io/bounded_queue.hpp"
#include "io/shard.hpp"
#include "io/task_group.hpp"
#include "media/job/job.hpp"
#include "media/worker/worker_config.hpp"
#include "media/worker/worker_process.hpp"

namespace ae::media::worker {

/// Lives on `home`; `picture`, `keyframe` and `run` may be awaited on any executor. `stop` it before the shards end.
class WorkerPool {
  public:
    WorkerPool(io::Shard& home, const WorkerConfig& config);
    ~WorkerPool();
    WorkerPool(const WorkerPool&) = delete;
    WorkerPool& operator=(const WorkerPool&) = delete;

    /// When the shards run. A program is started for the first job that needs it.
    void start();
    /// Takes no more jobs; those that run are given up. Ends the programs.
    io::Task<> stop();

    /// Refuses what the README lists.
    io::Task<Result<job::Renditions>> picture(job::PictureJob job);
    io::Task<Result<job::Renditions>> keyframe(job::KeyframeJob job);
    /// Any job by the body of its message; `kind` is a word from a small closed set, for the metrics.
    io::Task<Result<Bytes>> run(std::string kind, Bytes body);

  private:
    struct Waiting;
    class Promise;
    using WaitingPtr = std::shared_ptr<Waiting>;

    io::Task<Result<Bytes>> run_here(Bytes body);
    io::Task<> serve_place();
    /// Whether the place is fine: false, and the next program is not started at once.
    io::Task<bool> do_one(std::unique_ptr<WorkerProcess>& process, WaitingPtr waiting);
    static io::Task<> end(std::unique_ptr<WorkerProcess>& process);
    io::Task<> stop_here();

    io::Shard& home_;
    const WorkerConfig& config_;
    ProcessWishes wishes_;
    io::BoundedQueue<WaitingPtr> queue_;
    std::unique_ptr<io::TaskGroup> places_;
};

}  // namespace ae::media::worker
