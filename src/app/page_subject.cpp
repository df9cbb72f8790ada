#include "app/page_subject.hpp"

#include <algorithm>
#include <array>

#include <fmt/format.h>
#include <boost/mp11.hpp>

#include "base/json_text.hpp"
#include "net/http/target.hpp"

namespace ae::app {

namespace {

namespace wire = channels::wire;

constexpr std::int32_t kThumbnailWidth = 1280, kThumbnailHeight = 720;

/// An object of schema.org, member by member.
class Thing {
  public:
    explicit Thing(std::string_view type) { add("@type", type); }
    void add(std::string_view name, std::string_view value) {
        if (value.empty()) return;
        begin(name);
        append_json_text(text_, value);
    }
    void add_raw(std::string_view name, std::string_view json) {
        begin(name);
        text_ += json;
    }
    std::string str() const { return text_ + "}"; }

  private:
    void begin(std::string_view name) {
        text_ += text_.empty() ? '{' : ',';
        append_json_text(text_, name);
        text_ += ':';
    }
    std::string text_;
};

std::string in_document(const Thing& thing) {
    auto text = thing.str();
    return R"({"@context":"https://schema.org",)" + text.substr(1);
}

/// Pictures are addresses of our own, or of a store elsewhere.
std::string absolute(const std::optional<std::string>& address, const SiteFace& site) {
    if (!address || address->empty()) return {};
    return address->starts_with('/') ? site.origin + *address : *address;
}

bool is_live(const wire::Channel& channel) { return channel.stream && channel.stream->status == wire::Status::LIVE; }

std::string title_of(const wire::Channel& channel) {
    return is_live(channel) && !channel.stream->title.empty() ? channel.stream->title : channel.name;
}

const std::string& description_of(const wire::Channel& channel) {
    return is_live(channel) && !channel.stream->description.empty() ? channel.stream->description : channel.description;
}

std::string page_of(std::string_view kind, const wire::Channel& channel, const SiteFace& site) {
    return fmt::format("{}/{}/{}", site.origin, kind, channel.slug);
}

/// What is on air if there is a picture of it, else the channel's own.
std::string image_of(const wire::Channel& channel, const SiteFace& site) {
    if (is_live(channel) && channel.stream->thumbnailUrl) return absolute(channel.stream->thumbnailUrl, site);
    return absolute(channel.banner ? channel.banner : channel.avatar, site);
}

std::string links_of(const social::SocialLinks& links) {
    std::string list;
    boost::mp11::mp_for_each<boost::describe::describe_members<social::SocialLinks, boost::describe::mod_public>>([&](auto member) {
        const auto& address = links.*member.pointer;
        if (!address) return;
        list += list.empty() ? "[" : ",";
        append_json_text(list, *address);
    });
    return list.empty() ? "[]" : list + "]";
}

Thing creator_of(const wire::Channel& channel, const SiteFace& site) {
    Thing who{"Organization"};
    who.add("name", channel.name);
    who.add("alternateName", channel.slug);
    who.add("url", page_of("channel", channel, site));
    who.add("description", channel.description);
    who.add("image", absolute(channel.avatar, site));
    who.add_raw("sameAs", links_of(channel.socialLinks));
    return who;
}

std::string broadcast_of(const wire::Channel& channel, const SiteFace& site) {
    const auto& stream = *channel.stream;
    Thing event{"BroadcastEvent"};
    event.add_raw("isLiveBroadcast", "true");
    if (stream.startTime) event.add("startDate", to_rfc3339(*stream.startTime));
    Thing video{"VideoObject"};
    video.add("name", title_of(channel));
    video.add("description", description_of(channel).empty() ? title_of(channel) : description_of(channel));
    video.add("thumbnailUrl", image_of(channel, site));
    if (stream.startTime) video.add("uploadDate", to_rfc3339(*stream.startTime));
    video.add("embedUrl", page_of("embed", channel, site));
    video.add_raw("author", creator_of(channel, site).str());
    video.add_raw("publication", event.str());
    return in_document(video);
}

std::string profile_of(const wire::Channel& channel, const SiteFace& site) {
    Thing followers{"InteractionCounter"};
    followers.add("interactionType", "https://schema.org/FollowAction");
    followers.add_raw("userInteractionCount", std::to_string(channel.followerCount));
    auto who = creator_of(channel, site);
    who.add_raw("interactionStatistic", followers.str());
    Thing page{"ProfilePage"};
    page.add("dateCreated", to_rfc3339(channel.createdAt));
    page.add_raw("mainEntity", who.str());
    return in_document(page);
}

PageHead head_of(const wire::Channel& channel, const SiteFace& site) {
    PageHead head;
    head.title = title_of(channel);
    head.description = description_of(channel);
    head.image = image_of(channel, site);
    // What only its owner can see is nobody's search result.
    head.hidden = !channel.isPublic;
    return head;
}

std::string escape_attribute(std::string_view text) {
    std::string out;
    for (const char c : text) {
        switch (c) {
            case '&': out += "&amp;"; break;
            case '<': out += "&lt;"; break;
            case '>': out += "&gt;"; break;
            case '"': out += "&quot;"; break;
            default: out.push_back(c);
        }
    }
    return out;
}

bool is_slug(std::string_view text) {
    return !text.empty() && text.size() <= 32 &&
           std::ranges::all_of(text, [](char c) { return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == '.'; });
}

}  // namespace

PageHead head_of_stream(const wire::Channel& channel, const SiteFace& site) {
    auto head = head_of(channel, site);
    head.kind = "video.other";
    if (!channel.isPublic) return head;
    head.player = page_of("embed", channel, site);
    head.oembed = fmt::format("{}/api/oembed?url={}", site.origin, http::percent_encode(page_of("streams", channel, site)));
    head.json_ld = is_live(channel) ? broadcast_of(channel, site) : profile_of(channel, site);
    return head;
}

PageHead head_of_channel(const wire::Channel& channel, const SiteFace& site) {
    auto head = head_of(channel, site);
    head.title = channel.name;
    head.description = channel.description;
    head.kind = "profile";
    if (!channel.isPublic) return head;
    head.oembed = fmt::format("{}/api/oembed?url={}", site.origin, http::percent_encode(page_of("channel", channel, site)));
    head.json_ld = profile_of(channel, site);
    return head;
}

std::optional<std::string> slug_in(std::string_view address, std::string_view origin) {
    if (!address.starts_with(origin)) return std::nullopt;
    auto path = address.substr(origin.size());
    path = path.substr(0, path.find_first_of("?#"));
    for (const std::string_view kind : std::array<std::string_view, 3>{"/streams/", "/channel/", "/embed/"}) {
        if (!path.starts_with(kind)) continue;
        const auto slug = path.substr(kind.size());
        if (is_slug(slug)) return std::string{slug};
    }
    return std::nullopt;
}

OEmbed oembed_of(const wire::Channel& channel, const SiteFace& site, std::int32_t most_width, std::int32_t most_height) {
    OEmbed card;
    card.width = std::min(most_width, most_height * 16 / 9);
    card.height = card.width * 9 / 16;
    card.title = title_of(channel);
    card.author_name = channel.name;
    card.author_url = page_of("channel", channel, site);
    card.provider_name = site.name;
    card.provider_url = site.origin;
    if (is_live(channel) && channel.stream->thumbnailUrl) {
        card.thumbnail_url = absolute(channel.stream->thumbnailUrl, site);
        card.thumbnail_width = kThumbnailWidth;
        card.thumbnail_height = kThumbnailHeight;
    }
    card.html = fmt::format(
        R"(<iframe src="{}" width="{}" height="{}" title="{}" allow="autoplay; fullscreen; picture-in-picture" allowfullscreen></iframe>)",
        page_of("embed", channel, site), card.width, card.height, escape_attribute(channel.name));
    return card;
}

}  // namespace ae::app
