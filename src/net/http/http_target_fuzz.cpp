// A request target to path and query: what is accepted comes back the same when it is written again.
#include <cstdlib>
#include <string>

#include "net/http/target.hpp"

namespace {

using Query = std::vector<std::pair<std::string, std::string>>;

void require(bool condition) {
    if (!condition) std::abort();
}

std::string written(const std::string& path, const Query& query) {
    std::string target;
    for (std::size_t at = 0; at < path.size();) {
        const std::size_t end = std::min(path.find('/', at), path.size());
        target += ae::http::percent_encode(std::string_view{path}.substr(at, end - at));
        if (end < path.size()) target.push_back('/');
        at = end + 1;
    }
    char mark = '?';
    for (const auto& [name, value] : query) {
        target.push_back(mark);
        target += ae::http::percent_encode(name) + "=" + ae::http::percent_encode(value);
        mark = '&';
    }
    return target;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size > 16 * 1024) return 0;
    const std::string_view target{reinterpret_cast<const char*>(data), size};
    std::string path, again_path;
    Query query, again_query;
    if (!ae::http::parse_target(target, path, query).empty()) return 0;

    require(path.starts_with('/') && ae::http::is_utf8(path) && path.find('\0') == std::string::npos && path.find('\\') == std::string::npos);
    const std::string framed = path + "/";
    require(framed.find("/../") == std::string::npos && framed.find("/./") == std::string::npos);
    require(ae::http::parse_target(written(path, query), again_path, again_query).empty());
    require(again_path == path && again_query == query);
    return 0;
}
