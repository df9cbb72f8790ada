// The program: parses arguments and runs what they ask for.
#pragma once

namespace ae::app {

/// The exit code: 0 done, 1 failed, 2 wrong use.
int run(int argc, char** argv);

}  // namespace ae::app
