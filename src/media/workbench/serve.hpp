// The program's life: ready, then job after job on the channel, until it closes.
#pragma once

#include <functional>

#include "media/workbench/picture_work.hpp"

namespace ae::media::workbench {

/// The body of a job to the body of its answer.
using Work = std::function<Done<Bytes>(BytesView)>;

/// Reads jobs from descriptor 3 and answers each. Returns the exit code: 0 when the channel closed, or when the process had used `cpu_seconds` of
/// CPU time and so ends after an answer, fresh ones being cheap; 1 when what came was no message. Blocks.
int serve_blocking(const Work& work, std::uint64_t cpu_seconds);

/// Uses each codec once, so that what they load and compute at first use is there before the sandbox. Whether they are all there.
bool warm_up();

/// `aethex-worker MEMORY_BYTES CPU_SECONDS`, started by the server with a socket as descriptor 3. Returns the exit code.
int run_program_blocking(int argc, char** argv, const Work& work);

}  // namespace ae::media::workbench
