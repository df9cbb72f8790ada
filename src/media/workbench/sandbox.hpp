// What the program gives up before it looks at anybody's bytes. There is no way back.
#pragma once

#include <cstdint>
#include <string>

namespace ae::media::workbench {

struct SandboxLimits {
    /// Of address space, libraries and all. Not in a sanitized build, whose shadow takes terabytes of it.
    std::uint64_t memory_bytes = std::uint64_t{1} << 30;
    /// Of the whole process; the kernel kills it at the end of them.
    std::uint64_t cpu_seconds = 120;
};

/// The descriptor that the server talks on; the only one that may be read, and with standard error the only one that may be written.
inline constexpr int kChannel = 3;

/// Lower priority, limits, no new privileges, and the list of system calls. Empty: done; else what failed, and the program ends.
std::string enter_sandbox(const SandboxLimits& limits);

}  // namespace ae::media::workbench
