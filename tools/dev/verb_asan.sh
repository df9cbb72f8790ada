# ./dev asan [ROOM]: every test program, and the whole server with a broadcast, with AddressSanitizer and UndefinedBehaviorSanitizer.
source tools/dev/sanitize.sh
main() { sanitize asan "$@"; }
