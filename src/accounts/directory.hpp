// What other rooms ask about people, apart from everything else of this room: it needs a database alone.
#pragma once

#include <vector>

#include "accounts/user.hpp"
#include "store/db/db.hpp"

namespace ae::accounts {

class Directory {
  public:
    /// The references outlive it.
    Directory(db::Db& db, const Clock& clock) : db_(db), clock_(clock) {}

    /// Those of them that show themselves, in any order.
    io::Task<std::vector<User>> people(std::vector<UserId> ids);
    /// Whoever has a channel is a creator, if it was a viewer.
    io::Task<> made_channel(UserId user);

  private:
    db::Db& db_;
    const Clock& clock_;
};

}  // namespace ae::accounts
