// The rules of channels: who is called what, who may change it, who follows it. What belongs to a broadcast is `live`'s; whoever changes or
// deletes a channel through here tells it (`StreamControl`).
#pragma once

#include "base/result.hpp"
#include "channels/channel.hpp"
#include "channels/channel_store.hpp"
#include "channels/config.hpp"
#include "channels/follow_store.hpp"
#include "channels/stream_key_ring.hpp"
#include "store/db/db.hpp"

namespace ae::channels {

/// A channel as it was made. The key is shown here; later only `StreamKeyService` gives it.
struct CreatedChannel {
    Channel channel;
    Secret key;
};

/// A channel as somebody sees it.
struct SeenChannel {
    Channel channel;
    std::optional<Person> creator;
    bool is_following = false;
    bool is_owner = false;
};

struct SeenChannels {
    std::vector<SeenChannel> channels;
    /// Hand it to the next `list`; empty at the end.
    std::string next;
};

struct SeenFollower {
    Person person;
    WallTime since;
};

struct SeenFollowers {
    std::vector<SeenFollower> followers;
    std::string next;
};

enum class Picture { avatar, banner };

/// What was changed, before and after.
struct ChangedChannel {
    Channel before;
    Channel after;
};

class ChannelService {
  public:
    /// The references outlive the service.
    ChannelService(db::Db& db, const Clock& clock, Random& random, const Secret& server_secret, ChannelsConfig config = {},
                   People& people = no_people());

    /// Refuses `name_invalid`, `slug_invalid`, `slug_reserved`, `slug_taken`, `description_invalid`, `tags_invalid`, `language_invalid`,
    /// `category_unknown`, `social_link_invalid`, `too_many_channels`. An actor without an account is the operator.
    io::Task<Result<CreatedChannel>> create(ChannelDraft draft, Actor actor);
    io::Task<Result<CreatedChannel>> create(std::string name, std::string slug) {
        return create(ChannelDraft{.name = std::move(name), .slug = std::move(slug)}, {});
    }

    // A channel is named by its id, its slug, a slug it had before, or its creator's username.

    /// Also a private one. Refuses `channel_not_found`.
    io::Task<Result<Channel>> find(std::string id_or_slug);
    /// As the actor sees it. Refuses `channel_not_found`, also for a private channel of somebody else.
    io::Task<Result<SeenChannel>> see(std::string id_or_slug, Actor actor);
    /// Newest first. `after` is the `next` of the list before; `most` is cut to 100.
    io::Task<SeenChannels> list(ChannelFilter filter, std::string after, std::int64_t most);
    io::Task<std::vector<Category>> categories();
    /// Refuses `category_unknown`.
    io::Task<Result<void>> check_category(std::string slug);

    /// Refuses what `create` refuses, `channel_not_found` and `not_yours`.
    io::Task<Result<ChangedChannel>> change(std::string id_or_slug, ChannelChange change, Actor actor);
    /// Answers the address that was there before. Refuses `channel_not_found`, `not_yours`.
    io::Task<Result<std::optional<std::string>>> set_picture(std::string id_or_slug, Picture which, std::optional<std::string> address, Actor actor);
    /// Its keys stop working at once; whoever calls also ends a running broadcast. Answers what it was. Refuses `channel_not_found`, `not_yours`.
    io::Task<Result<Channel>> delete_channel(std::string id_or_slug, Actor actor);
    /// The account goes, with its channels (which are answered) and with what it follows.
    io::Task<std::vector<Channel>> forget_account(UserId account);

    /// Once is as good as twice. Refuses `channel_not_found`.
    io::Task<Result<FollowState>> follow(std::string id_or_slug, Actor actor);
    io::Task<Result<FollowState>> unfollow(std::string id_or_slug, Actor actor);
    /// For the owner's eyes, newest first. Refuses `channel_not_found`, `not_yours`.
    io::Task<Result<SeenFollowers>> followers(std::string id_or_slug, Actor actor, std::string after, std::int64_t most);

  private:
    io::Task<std::vector<SeenChannel>> seen(std::vector<FollowedChannel> channels, UserId account);

    db::Db& db_;
    const Clock& clock_;
    Random& random_;
    StreamKeyRing ring_;
    ChannelsConfig config_;
    People& people_;
};

}  // namespace ae::channels
