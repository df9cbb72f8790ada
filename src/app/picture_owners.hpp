// Whose picture an upload becomes: answers the port of `uploads` by asking accounts and channels.
#pragma once

#include "channels/channel_service.hpp"
#include "store/db/db.hpp"
#include "uploads/picture_owner.hpp"

namespace ae::app {

class PictureOwners final : public uploads::PictureOwner {
  public:
    PictureOwners(channels::ChannelService& channels, db::Db& db, const Clock& clock) : channels_(channels), db_(db), clock_(clock) {}
    io::Task<Result<std::optional<std::string>>> set_picture(uploads::PictureWish wish, std::string address) override;

  private:
    channels::ChannelService& channels_;
    db::Db& db_;
    const Clock& clock_;
};

}  // namespace ae::app
