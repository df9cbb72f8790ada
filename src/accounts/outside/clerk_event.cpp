#include "accounts/outside/clerk_event.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>

#include "net/api/json_document.hpp"

namespace ae::outside {

namespace {

namespace json = boost::json;
constexpr std::size_t kMostId = 128;
constexpr std::int64_t kMostMillis = 253'402'300'800'000;

std::string text_of(const json::object& object, std::string_view name) {
    const auto* value = object.if_contains(name);
    const auto* text = value == nullptr ? nullptr : value->if_string();
    return text == nullptr ? std::string{} : std::string{std::string_view{*text}};
}

ClerkEventKind kind_of(std::string_view type) {
    if (type == "user.created") return ClerkEventKind::user_created;
    if (type == "user.updated") return ClerkEventKind::user_updated;
    if (type == "user.deleted") return ClerkEventKind::user_deleted;
    return ClerkEventKind::other;
}

void read_email(const json::object& user, ClerkEvent& event) {
    const auto primary = text_of(user, "primary_email_address_id");
    const auto* all = user.if_contains("email_addresses");
    if (primary.empty() || all == nullptr || !all->is_array()) return;
    for (const auto& each : all->get_array()) {
        const auto* address = each.if_object();
        if (address == nullptr || text_of(*address, "id") != primary) continue;
        event.email = text_of(*address, "email_address");
        const auto* verification = address->if_contains("verification");
        event.email_verified = verification != nullptr && verification->is_object() && text_of(verification->get_object(), "status") == "verified";
    }
}

std::string display_name_of(const json::object& user) {
    const auto first = text_of(user, "first_name");
    const auto last = text_of(user, "last_name");
    return first.empty() || last.empty() ? first + last : first + " " + last;
}

std::optional<WallTime> time_of(const json::object& user) {
    const auto* value = user.if_contains("updated_at");
    if (value == nullptr || !value->is_int64() || value->get_int64() < 0 || value->get_int64() > kMostMillis) return std::nullopt;
    return WallTime{std::chrono::milliseconds{value->get_int64()}};
}

}  // namespace

Result<ClerkEvent> read_clerk_event(std::string_view text) {
    const Error invalid{Errc::invalid, "webhook_body_invalid", "This is no event of Clerk."};
    const auto document = api::parse_json(text);
    if (!document || !document->is_object()) return invalid;
    ClerkEvent event{.kind = kind_of(text_of(document->get_object(), "type")), .user = {}};
    if (event.kind == ClerkEventKind::other) return event;
    const auto* about = document->get_object().if_contains("data");
    if (about == nullptr || !about->is_object()) return invalid;
    const auto& user = about->get_object();
    event.user = text_of(user, "id");
    if (event.user.empty() || event.user.size() > kMostId) return invalid;
    read_email(user, event);
    event.display_name = display_name_of(user);
    event.as_of = time_of(user);
    if (event.kind != ClerkEventKind::user_deleted && !event.as_of) return invalid;
    return event;
}

}  // namespace ae::outside
