#include "app/picture_owners.hpp"

#include "accounts/user_store.hpp"

namespace ae::app {

namespace {

using Before = Result<std::optional<std::string>>;

Before set_avatar(db::Transaction& tx, const accounts::UserId& id, const std::string& address, WallTime now) {
    auto user = accounts::store::find(tx, id);
    if (!user) return Error{Errc::not_found, "user_not_found", "There is no such account (any more)."};
    auto before = std::exchange(user->avatar, address);
    user->updated_at = now;
    accounts::store::update(tx, *user);
    return before;
}

}  // namespace

io::Task<Before> PictureOwners::set_picture(uploads::PictureWish wish, std::string address) {
    const accounts::UserId account{wish.account};
    if (wish.channel) {
        const auto which = wish.kind == uploads::PictureKind::avatar ? channels::Picture::avatar : channels::Picture::banner;
        channels::Actor actor{.account = account, .admin = wish.admin, .address = wish.from};
        co_return co_await channels_.set_picture(*wish.channel, which, std::move(address), std::move(actor));
    }
    auto write = [account, address, now = clock_.wall()](db::Transaction& tx) { return set_avatar(tx, account, address, now); };
    co_return co_await db_.write(std::move(write));
}

}  // namespace ae::app
