// `aethex serve`: from the start to a graceful stop.
#pragma once

#include "app/config.hpp"

namespace ae::app {

/// Runs until SIGTERM or SIGINT. The exit code.
int serve(const AppConfig& config);

}  // namespace ae::app
