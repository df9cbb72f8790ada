#include "app/page_subject.hpp"

#include <gtest/gtest.h>
#include <boost/json.hpp>

namespace ae::app {
namespace {

namespace wire = channels::wire;

const SiteFace kSite{"Lighthouse", "https://x.org"};

wire::Channel sample(bool live) {
    wire::Channel channel;
    channel.slug = "night-ferry";
    channel.name = "Night \"Ferry\" </script>";
    channel.description = "Two people, one boat.";
    channel.avatar = "/objects/face.webp";
    channel.followerCount = 7;
    channel.socialLinks.youtube = "https://youtube.com/@ferry";
    if (!live) return channel;
    wire::Stream stream;
    stream.status = wire::Status::LIVE;
    stream.title = "Crossing";
    stream.thumbnailUrl = "/thumbnails/1.webp";
    stream.startTime = from_rfc3339("2026-11-20T08:00:00Z");
    channel.stream = stream;
    return channel;
}

TEST(PageSubject, TellsOfABroadcastWhileItIsOnAir) {
    const auto head = head_of_stream(sample(true), kSite);
    EXPECT_EQ(head.title, "Crossing");
    EXPECT_EQ(head.image, "https://x.org/thumbnails/1.webp");
    EXPECT_EQ(head.player, "https://x.org/embed/night-ferry");
    EXPECT_EQ(head.oembed, "https://x.org/api/oembed?url=https%3A%2F%2Fx.org%2Fstreams%2Fnight-ferry");
    const auto said = boost::json::parse(head.json_ld);
    EXPECT_EQ(said.at("@type").as_string(), "VideoObject");
    EXPECT_TRUE(said.at("publication").at("isLiveBroadcast").as_bool());
    EXPECT_EQ(said.at("author").at("sameAs").at(0).as_string(), "https://youtube.com/@ferry");
}

TEST(PageSubject, TellsOfTheChannelOtherwise) {
    for (const auto& head : {head_of_stream(sample(false), kSite), head_of_channel(sample(true), kSite)}) {
        EXPECT_EQ(head.title, "Night \"Ferry\" </script>");
        const auto said = boost::json::parse(head.json_ld);
        EXPECT_EQ(said.at("@type").as_string(), "ProfilePage");
        EXPECT_EQ(said.at("mainEntity").at("interactionStatistic").at("userInteractionCount").as_int64(), 7);
        EXPECT_EQ(said.at("mainEntity").at("image").as_string(), "https://x.org/objects/face.webp");
    }
}

TEST(PageSubject, KeepsAPrivateChannelToItself) {
    auto channel = sample(true);
    channel.isPublic = false;
    for (const auto& head : {head_of_stream(channel, kSite), head_of_channel(channel, kSite)}) {
        EXPECT_TRUE(head.hidden);
        EXPECT_EQ(head.json_ld + head.oembed + head.player, "");
    }
}

TEST(PageSubject, LetsNoNameLeaveItsPlace) {
    const auto page = render_page("<!--ae:head-->", "n", head_of_stream(sample(false), kSite), "{}", {});
    EXPECT_EQ(page.find("</script>\""), std::string::npos);
    EXPECT_NE(page.find(R"("name":"Night \"Ferry\" \u003c/script>")"), std::string::npos);
    EXPECT_NE(oembed_of(sample(false), kSite, 640, 360).html.find(R"(title="Night &quot;Ferry&quot; &lt;/script&gt;")"), std::string::npos);
}

TEST(PageSubject, FindsTheSlugInItsOwnAddressesAlone) {
    EXPECT_EQ(slug_in("https://x.org/streams/ada", "https://x.org"), "ada");
    EXPECT_EQ(slug_in("https://x.org/channel/ada.l?t=1", "https://x.org"), "ada.l");
    EXPECT_EQ(slug_in("https://x.org/embed/ada#x", "https://x.org"), "ada");
    for (const auto* address : {"https://x.org/", "https://x.org/streams/", "https://x.org/streams/a/b", "https://x.org.evil.example/streams/ada",
                                "http://x.org/streams/ada", "https://x.org/streams/%61", "/streams/ada", ""}) {
        EXPECT_EQ(slug_in(address, "https://x.org"), std::nullopt) << address;
    }
}

TEST(PageSubject, FitsThePlayerIntoWhatIsAskedFor) {
    struct Case {
        std::int32_t most_width, most_height, width, height;
    };
    for (const auto& [most_width, most_height, width, height] : {Case{640, 720, 640, 360}, Case{1280, 360, 640, 360}, Case{1280, 720, 1280, 720}}) {
        const auto card = oembed_of(sample(true), kSite, most_width, most_height);
        EXPECT_EQ(card.width, width);
        EXPECT_EQ(card.height, height);
        EXPECT_EQ(card.thumbnail_url, "https://x.org/thumbnails/1.webp");
    }
}

}  // namespace
}  // namespace ae::app
