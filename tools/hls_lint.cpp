// hls_lint FILE...: judges playlists, each for itself. hls_lint --sequence FILE...: judges them as successive versions of one live
// media playlist, too. Prints `FILE:LINE: rule: detail`; leaves with 1 when there was something to print, with 2 when it cannot read.
#include <fmt/format.h>

#include <cstdio>
#include <fstream>
#include <iterator>
#include <string>
#include <string_view>
#include <vector>

#include "media/hls/lint.hpp"

namespace {

void print(std::string_view file, const std::vector<ae::media::hls::Finding>& findings) {
    for (const auto& finding : findings) {
        fmt::print("{}:{}: {}: {}\n", file, finding.line, finding.rule, finding.detail);
    }
}

int print_rules() {
    for (const auto& rule : ae::media::hls::lint_rules()) fmt::print("{:32} {}\n", rule.name, rule.says);
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    std::vector<std::string> files{argv + 1, argv + argc};
    if (files.empty()) return print_rules();
    const bool sequence = files.front() == "--sequence";
    if (sequence) files.erase(files.begin());

    bool clean = true;
    std::string before;
    for (const auto& file : files) {
        std::ifstream in{file, std::ios::binary};
        if (!in) {
            fmt::print(stderr, "hls_lint: cannot read {}\n", file);
            return 2;
        }
        const std::string text{std::istreambuf_iterator<char>{in}, {}};
        auto findings = ae::media::hls::lint(text);
        if (sequence && !before.empty()) {
            const auto changes = ae::media::hls::lint_update(before, text);
            findings.insert(findings.end(), changes.begin(), changes.end());
        }
        print(file, findings);
        clean = clean && findings.empty();
        before = text;
    }
    return clean ? 0 : 1;
}
