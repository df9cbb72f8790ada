// Who is told of a new picture. The rules about whose channel it is are the owner's.
#pragma once

#include <optional>
#include <string>

#include "base/result.hpp"
#include "io/task.hpp"
#include "uploads/picture_kind.hpp"

namespace ae::uploads {

/// Whose picture somebody wants to change.
struct PictureWish {
    PictureKind kind = PictureKind::avatar;
    /// Who asks: an account, and whether it is an administrator's.
    std::string account;
    bool admin = false;
    /// From which network address, for an audit log.
    std::string from;
    /// The channel's id or slug; nothing: the account's own.
    std::optional<std::string> channel = {};
};

/// Answered by accounts and channels through `app`.
class PictureOwner {
  public:
    virtual ~PictureOwner() = default;
    /// From now on this is the picture. Answers the address that was there before. Refuses what the owner refuses (`not_yours`, `channel_not_found`).
    virtual io::Task<Result<std::optional<std::string>>> set_picture(PictureWish wish, std::string address) = 0;
};

}  // namespace ae::uploads
