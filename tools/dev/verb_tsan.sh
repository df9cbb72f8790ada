# ./dev tsan [ROOM]: every test program with ThreadSanitizer.
source tools/dev/sanitize.sh
main() { sanitize tsan "$@"; }
