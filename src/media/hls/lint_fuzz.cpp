// Any text: the linter says what it finds, names only rules that exist, and says the same of a text that has not changed.
#include <algorithm>
#include <cstdlib>

#include "media/hls/lint.hpp"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    using namespace ae::media::hls;
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    const auto findings = lint(text);
    for (const auto& finding : findings) {
        if (std::ranges::find(lint_rules(), finding.rule, &LintRule::name) == lint_rules().end()) std::abort();
    }
    // Two versions in one input, apart by a line that no playlist has.
    const auto middle = text.find("\n----\n");
    if (middle != std::string_view::npos) (void)lint_update(text.substr(0, middle), text.substr(middle + 6));
    if (findings.empty() && !lint_update(text, text).empty()) std::abort();
    return 0;
}
