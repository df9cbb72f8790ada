#include "accounts/directory.hpp"

#include "accounts/user_store.hpp"

namespace ae::accounts {

io::Task<std::vector<User>> Directory::people(std::vector<UserId> ids) {
    auto look = [ids = std::move(ids)](db::Transaction& transaction) {
        std::vector<User> found;
        for (const auto& id : ids) {
            auto user = store::find(transaction, id);
            if (user && user->onboarded_at && !user->disabled_at) found.push_back(std::move(*user));
        }
        return found;
    };
    co_return co_await db_.read(std::move(look));
}

io::Task<> Directory::made_channel(UserId user) {
    auto write = [user = std::move(user), now = clock_.wall()](db::Transaction& transaction) { store::make_creator(transaction, user, now); };
    co_await db_.write(std::move(write));
}

}  // namespace ae::accounts
