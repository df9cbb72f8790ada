// One worker program: started, ready, working, gone. Lives on one shard.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "base/result.hpp"
#include "io/subprocess.hpp"
#include "media/job/message.hpp"

namespace ae::media::worker {

struct ProcessWishes {
    std::string program;
    std::uint64_t memory_bytes = 0;
    std::uint64_t cpu_seconds = 0;
};

class WorkerProcess {
  public:
    /// Returns when the program has said that it is ready. Refuses `worker_unavailable` with the reason.
    static io::Task<Result<std::unique_ptr<WorkerProcess>>> start(ProcessWishes wishes);
    explicit WorkerProcess(std::unique_ptr<io::Subprocess> process);
    ~WorkerProcess();
    WorkerProcess(const WorkerProcess&) = delete;
    WorkerProcess& operator=(const WorkerProcess&) = delete;

    /// One job: the body of the message, and the body of its answer. Refuses `worker_crashed`, `worker_timed_out`, and what the program says of the job.
    io::Task<Result<Bytes>> work(Bytes body, Duration limit);
    /// Whether it takes another job. False: `stop` it and start another.
    bool usable() const;
    int pid() const { return process_->pid(); }
    io::Task<> stop();

  private:
    io::Task<> exchange(Bytes bytes, std::optional<job::Message>* answer);
    io::Task<std::optional<job::Message>> receive();

    std::unique_ptr<io::Subprocess> process_;
    job::MessageReader reader_;
    bool failed_ = false;
    bool parting_ = false;
};

}  // namespace ae::media::worker
