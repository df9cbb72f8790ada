#include "net/api/json_read.hpp"

#include <algorithm>

namespace ae::api {

std::size_t code_points(std::string_view text) {
    return static_cast<std::size_t>(std::ranges::count_if(text, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::string pointer_step(std::string_view name) {
    std::string out;
    for (const char c : name) {
        if (c == '~') {
            out += "~0";
        } else if (c == '/') {
            out += "~1";
        } else {
            out.push_back(c);
        }
    }
    return out;
}

void check_length(const FieldRule& rule, std::string_view text, const std::string& pointer, Problems& problems) {
    const std::size_t length = code_points(text);
    if (rule.least_length && length < *rule.least_length)
        report(problems, pointer, fmt::format("must have at least {} characters", *rule.least_length));
    if (rule.most_length && length > *rule.most_length) report(problems, pointer, fmt::format("must have at most {} characters", *rule.most_length));
}

void check_range(const FieldRule& rule, double number, const std::string& pointer, Problems& problems) {
    if (rule.least && number < *rule.least) report(problems, pointer, fmt::format("must be at least {}", *rule.least));
    if (rule.most && number > *rule.most) report(problems, pointer, fmt::format("must be at most {}", *rule.most));
}

}  // namespace ae::api
