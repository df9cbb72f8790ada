// The settings of the second program.
#pragma once

#include <string>

#include "base/config.hpp"

namespace ae::media::worker {

struct WorkerConfig {
    /// Empty: `aethex-worker` beside the server's own program.
    std::string program;
    std::int64_t at_once = 2;
    std::int64_t most_waiting = 64;
    Duration wait_limit = std::chrono::seconds{15};
    Duration time_limit = std::chrono::seconds{10};
    config::ByteSize memory{std::uint64_t{1} << 30};
    Duration cpu_time = std::chrono::minutes{2};
};
void describe(config::Section& section, WorkerConfig& config);

/// The program of a configuration: what it names, or the one beside this process's own file.
std::string program_of(const WorkerConfig& config);

}  // namespace ae::media::worker
