#include "media/rtmp/stream_name.hpp"

#include <algorithm>

namespace ae::media::rtmp {

namespace {

constexpr std::size_t kMaxNameBytes = 255;

bool is_name_char(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.'; }

}  // namespace

std::string_view plain_app(std::string_view app) {
    app = app.substr(0, app.find('?'));
    while (app.starts_with('/')) app.remove_prefix(1);
    while (app.ends_with('/')) app.remove_suffix(1);
    return app;
}

Result<std::string> plain_name(std::string_view name) {
    name = name.substr(0, name.find('?'));
    if (name.empty()) {
        return Error{Errc::unauthorized, "stream_key_missing",
                     "There is no stream key. Copy it from your channel's page into the encoder's settings."};
    }
    if (name.size() > kMaxNameBytes || !std::ranges::all_of(name, is_name_char) || name.find("..") != std::string_view::npos) {
        return Error{Errc::invalid, "stream_key_malformed",
                     "This is no stream key. Copy it again from your channel's page, whole and without spaces."};
    }
    return std::string{name};
}

}  // namespace ae::media::rtmp
