// Threads of the server: each has a name, and none takes signals.
#pragma once

#include <functional>
#include <string>
#include <thread>

namespace ae::io {

/// Starts a thread with all signals blocked; the main thread takes those. A name has at most 15 characters, the rest is cut off.
std::thread start_thread(const std::string& name, std::function<void()> body);

}  // namespace ae::io
