# ./dev tsan [ROOM]: every test program, and the whole server with a broadcast, with ThreadSanitizer.
source tools/dev/sanitize.sh
main() { sanitize tsan "$@"; }
