#include "accounts/factors/wire.hpp"

namespace ae::factors::wire {

PasskeyView passkey_of(const Passkey& passkey) {
    return {
        .id = passkey.id, .name = passkey.name, .backedUp = passkey.backed_up, .createdAt = passkey.created_at, .lastUsedAt = passkey.last_used_at};
}

}  // namespace ae::factors::wire
