// Whose picture an upload becomes: answers the port of `uploads` by asking accounts and channels.
#pragma once

#include "accounts/accounts.hpp"
#include "channels/channel_service.hpp"
#include "uploads/picture_owner.hpp"

namespace ae::app {

class PictureOwners final : public uploads::PictureOwner {
  public:
    PictureOwners(accounts::Accounts& accounts, channels::ChannelService& channels) : accounts_(accounts), channels_(channels) {}
    io::Task<Result<std::optional<std::string>>> set_picture(uploads::PictureWish wish, std::string address) override;

  private:
    accounts::Accounts& accounts_;
    channels::ChannelService& channels_;
};

}  // namespace ae::app
