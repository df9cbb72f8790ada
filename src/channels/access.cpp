#include "channels/access.hpp"

namespace ae::channels {

namespace {
Error not_yours() { return {Errc::forbidden, "not_yours", "This channel belongs to somebody else."}; }
}  // namespace

bool owns(const Actor& actor, const Channel& channel) { return !actor.account.empty() && channel.creator == actor.account; }

bool may_see(const Actor& actor, const Channel& channel) { return channel.is_public || actor.admin || owns(actor, channel); }

Error no_channel() { return {Errc::not_found, "channel_not_found", "There is no channel of this name."}; }

Result<void> check_owner(const Actor& actor, const Channel& channel) {
    if (owns(actor, channel)) return {};
    // Whether a private channel exists is nobody's business.
    return may_see(actor, channel) ? not_yours() : no_channel();
}

Result<void> check_manager(const Actor& actor, const Channel& channel) {
    if (actor.admin) return {};
    return check_owner(actor, channel);
}

}  // namespace ae::channels
