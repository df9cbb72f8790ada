#include "app/schema.hpp"

#include "accounts/factors/factor_store.hpp"
#include "accounts/outside/outside_store.hpp"
#include "accounts/user_store.hpp"
#include "channels/channel_store.hpp"
#include "chat/message_store.hpp"
#include "live/stream_store.hpp"
#include "money/subscription_store.hpp"
#include "names/names.hpp"

namespace ae::app {

std::vector<db::Migration> migrations() {
    std::vector<db::Migration> all;
    for (const auto room : {names::migrations(), accounts::migrations(), factors::migrations(), outside::migrations(), channels::migrations(),
                            live::migrations(), chat::migrations(), money::migrations()})
        all.insert(all.end(), room.begin(), room.end());
    return all;
}

}  // namespace ae::app
