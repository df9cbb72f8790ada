#include "app/picture_owners.hpp"

namespace ae::app {

io::Task<Result<std::optional<std::string>>> PictureOwners::set_picture(uploads::PictureWish wish, std::string address) {
    accounts::UserId account{std::move(wish.account)};
    if (!wish.channel) co_return co_await accounts_.profiles.set_avatar(std::move(account), std::move(address));
    const auto which = wish.kind == uploads::PictureKind::avatar ? channels::Picture::avatar : channels::Picture::banner;
    channels::Actor actor{.account = std::move(account), .admin = wish.admin, .address = std::move(wish.from)};
    co_return co_await channels_.set_picture(*wish.channel, which, std::move(address), std::move(actor));
}

}  // namespace ae::app
