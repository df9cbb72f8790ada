// A body to a described struct: what is accepted is written and read back the same.
#include <cstdlib>
#include <string>

#include "net/api/json_document.hpp"
#include "net/api/json_read.hpp"
#include "net/api/json_write.hpp"

namespace {

using namespace ae::api;

enum class Kind { one, two };
BOOST_DESCRIBE_ENUM(Kind, one, two)

struct Inner {
    std::string name;
    std::optional<std::int64_t> number;
};
BOOST_DESCRIBE_STRUCT(Inner, (), (name, number))

struct Outer {
    std::optional<Inner> inner;
    std::vector<Inner> list;
    std::optional<Kind> kind;
    std::optional<bool> yes;
    std::optional<ae::WallTime> at;
    std::optional<double> ratio;
    static void rules(Rules& rules) { rules.field("ratio").range(0, 1e6); }
};
BOOST_DESCRIBE_STRUCT(Outer, (), (inner, list, kind, yes, at, ratio))

void require(bool condition) {
    if (!condition) std::abort();
}

bool read(std::string_view text, Outer& out) {
    const auto json = parse_json(text);
    if (!json) return false;
    Problems problems;
    read_json(*json, "", out, problems);
    require(problems.size() <= kMostProblems);
    return problems.empty();
}

bool exact(const Outer& value) {
    const auto fits = [](const Inner& inner) { return !inner.number || (*inner.number <= kMostExact && *inner.number >= -kMostExact); };
    return (!value.inner || fits(*value.inner)) && std::ranges::all_of(value.list, fits);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size > 64 * 1024) return 0;
    Outer value, again;
    if (!read({reinterpret_cast<const char*>(data), size}, value) || !exact(value)) return 0;
    const std::string text = to_json(value);
    require(read(text, again));
    require(to_json(again) == text);
    return 0;
}
