// Who may see a channel, and who may change it: the one place where that is decided.
#pragma once

#include "base/result.hpp"
#include "channels/channel.hpp"

namespace ae::channels {

bool owns(const Actor& actor, const Channel& channel);
/// A public channel is for everybody, a private one for its owner and for administrators.
bool may_see(const Actor& actor, const Channel& channel);

Error no_channel();
/// Refuses `not_yours`, and `channel_not_found` where not even the channel's existence is the actor's business.
Result<void> check_owner(const Actor& actor, const Channel& channel);
/// The same, and administrators may too.
Result<void> check_manager(const Actor& actor, const Channel& channel);

}  // namespace ae::channels
