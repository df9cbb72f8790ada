// What a process has used, from /proc.
#pragma once

#include <sys/types.h>

namespace ae::bench {

/// User and system seconds of a process and all its threads, in steps of 10 ms.
double cpu_seconds(pid_t pid);
double own_cpu_seconds();
double resident_megabytes(pid_t pid);

}  // namespace ae::bench
