#include "media/worker/worker_config.hpp"

#include <filesystem>

namespace ae::media::worker {

void describe(config::Section& section, WorkerConfig& config) {
    section.field("program", &config.program, "The program that decodes and encodes; empty: aethex-worker beside this one.");
    auto& at_once = section.field("at_once", &config.at_once, "Jobs at once, each in a process of its own.");
    at_once.least = 1;
    at_once.most = 64;
    auto& waiting = section.field("most_waiting", &config.most_waiting, "Jobs that may wait; more are refused.");
    waiting.least = 1;
    waiting.most = 10'000;
    section.field("wait_limit", &config.wait_limit, "How long a job may wait for its turn.").least = 0.1;
    section.field("time_limit", &config.time_limit, "How long a job may take; then its process is killed and the job has failed.").least = 0.1;
    section.field("memory", &config.memory, "Address space of each process, its libraries included.").least = 512.0 * 1024 * 1024;
    section.field("cpu_time", &config.cpu_time, "CPU time of each process; at half of it a fresh one takes over.").least = 10;
}

std::string program_of(const WorkerConfig& config) {
    if (!config.program.empty()) return config.program;
    std::error_code error;
    const auto self = std::filesystem::read_symlink("/proc/self/exe", error);
    return error ? "aethex-worker" : (self.parent_path() / "aethex-worker").string();
}

}  // namespace ae::media::worker
