// aethex-worker: decodes and encodes for the server, in a sandbox.
#include <unistd.h>

#include "media/workbench/serve.hpp"

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
// It looks for leaks from a process of its own at the end, which the sandbox refuses.
extern "C" const char* __asan_default_options();
extern "C" const char* __asan_default_options() { return "detect_leaks=0"; }
#endif
#endif

int main(int argc, char** argv) {
    // Without the destructors of ninety libraries: some of them look for files.
    ::_exit(ae::media::workbench::run_program_blocking(argc, argv, ae::media::workbench::work_on_message));
}
