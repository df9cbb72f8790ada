#include "app/admin_commands.hpp"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

namespace ae::app {

namespace {

namespace json = boost::json;
using Answer = Result<json::object>;
using NeedsPtr = std::shared_ptr<const AdminNeeds>;

std::string text_of(const json::object& arguments, std::string_view name) {
    const auto* value = arguments.if_contains(name);
    return value != nullptr && value->is_string() ? std::string{value->as_string()} : std::string{};
}

json::object channel_object(const channels::Channel& channel) {
    return {{"id", channel.id.str()}, {"slug", channel.slug}, {"name", channel.name}, {"createdAt", to_rfc3339(channel.created_at)}};
}

/// The key goes to the operator who asked on a socket only the operator can open.
json::object with_key(const channels::Channel& channel, const Secret& key, const std::string& ingest_url) {
    auto object = channel_object(channel);
    object["streamKey"] = key.reveal();
    object["rtmpUrl"] = ingest_url;
    return object;
}

io::Task<Answer> create(NeedsPtr needs, json::object arguments) {
    auto made = co_await needs->channels.create(text_of(arguments, "name"), text_of(arguments, "slug"));
    if (!made) co_return made.error();
    co_return with_key(made->channel, made->key, needs->ingest_url);
}

io::Task<Answer> list(NeedsPtr needs, json::object) {
    json::array all;
    std::string after;
    do {
        channels::ChannelFilter every{.with_private = true};
        auto page = co_await needs->channels.list(std::move(every), after, 100);
        for (const auto& seen : page.channels) all.push_back(channel_object(seen.channel));
        after = std::move(page.next);
    } while (!after.empty());
    co_return json::object{{"channels", std::move(all)}};
}

io::Task<Answer> show(NeedsPtr needs, json::object arguments) {
    auto channel = co_await needs->channels.find(text_of(arguments, "slug"));
    if (!channel) co_return channel.error();
    auto key = co_await needs->keys.reveal(channel->id.str());
    if (!key) co_return key.error();
    co_return with_key(*channel, *key, needs->ingest_url);
}

io::Task<Answer> remove(NeedsPtr needs, json::object arguments) {
    channels::Actor operator_of_site{.admin = true};
    auto channel = co_await needs->channels.delete_channel(text_of(arguments, "slug"), std::move(operator_of_site));
    if (!channel) co_return channel.error();
    co_await needs->cut_publisher(channel->id, "This channel was deleted.");
    co_return channel_object(*channel);
}

io::Task<Answer> rotate_key(NeedsPtr needs, json::object arguments) {
    auto made = co_await needs->keys.rotate_all(text_of(arguments, "slug"));
    if (!made) co_return made.error();
    co_await needs->cut_publisher(made->channel.id, "The stream key was changed. Paste the new one into your encoder.");
    co_return with_key(made->channel, made->fresh.shown, needs->ingest_url);
}

io::Task<Answer> send_test_mail(NeedsPtr needs, json::object arguments) {
    if (needs->post == nullptr)
        co_return Error{Errc::unavailable, "server_not_running", "Mail is sent by a running server; start it with `aethex serve`."};
    mail::Mail test{.to = text_of(arguments, "to"),
                    .subject = "A test of your mail settings",
                    .text = "This mail came from your AeThex LIVE server. Its mail settings work.\n"};
    if (auto taken = needs->post->post(std::move(test)); !taken) co_return taken.error();
    co_return json::object{{"to", text_of(arguments, "to")},
                           {"goes", needs->post->delivers() ? "to the mail server" : "into outbox/ of the data directory"}};
}

}  // namespace

AdminCommands admin_commands(AdminNeeds needs) {
    const auto shared = std::make_shared<const AdminNeeds>(std::move(needs));
    const auto with = [shared](io::Task<Answer> (*command)(NeedsPtr, json::object)) {
        return [shared, command](json::object arguments) { return command(shared, std::move(arguments)); };
    };
    return {
        {"channel.create", with(create)},         {"channel.list", with(list)},        {"channel.show", with(show)}, {"channel.delete", with(remove)},
        {"channel.rotate_key", with(rotate_key)}, {"mail.test", with(send_test_mail)},
    };
}

}  // namespace ae::app
