# ./dev asan [ROOM]: every test program, and the whole server's smoke test, with AddressSanitizer and UndefinedBehaviorSanitizer.
source tools/dev/sanitize.sh
main() { sanitize asan "$@"; }
