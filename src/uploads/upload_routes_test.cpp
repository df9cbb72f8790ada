#include <regex>

#include <boost/json/parse.hpp>

#include "media/job/picture_head.hpp"
#include "uploads/testing.hpp"

namespace ae::uploads {
namespace {

using testing::Field;
using testing::png;
using testing::Site;

class UploadRoutesTest : public ::testing::Test {
  protected:
    static Field file(std::string content) { return {"file", std::move(content), "me.png", "image/png"}; }
    static std::string code_of(const Site::Answer& answer) { return std::string{boost::json::parse(answer.body).at("code").as_string()}; }
    static std::string url_of(const Site::Answer& answer) { return std::string{boost::json::parse(answer.body).at("url").as_string()}; }

    Site site_;
};

TEST_F(UploadRoutesTest, AnAvatarIsKeptInEverySizeAndServedForEver) {
    const auto answer = site_.upload({file(png(400, 300))});
    ASSERT_EQ(answer.status(), 200) << answer.body;
    const auto shown = boost::json::parse(answer.body);
    EXPECT_EQ(shown.at("sizes").as_array().size(), 4u);
    EXPECT_EQ(site_.stored().size(), 8u);
    EXPECT_TRUE(std::regex_match(url_of(answer), std::regex{"/uploads/[a-z2-7]{26}-256\\.webp"})) << url_of(answer);
    for (const auto& size : shown.at("sizes").as_array()) {
        for (const std::string_view which : {"url", "fallbackUrl"}) {
            const auto picture = site_.get(std::string{size.at(which).as_string()});
            ASSERT_EQ(picture.status(), 200);
            EXPECT_EQ(picture.header("cache-control"), "public, max-age=31536000, immutable");
            EXPECT_EQ(picture.header("x-content-type-options"), "nosniff");
            EXPECT_EQ(picture.header("content-type"), which == "url" ? "image/webp" : "image/jpeg");
            const auto head = media::job::read_picture_head(as_bytes(picture.body));
            ASSERT_TRUE(head);
            EXPECT_EQ(head->size.width, size.at("width").as_int64());
            EXPECT_EQ(head->size.height, size.at("height").as_int64());
        }
    }
}

TEST_F(UploadRoutesTest, ANewPictureTakesThePlaceOfTheOldOne) {
    const auto first = site_.upload({file(png(64, 64))});
    const auto second = site_.upload({file(png(64, 64))});
    ASSERT_EQ(second.status(), 200);
    EXPECT_NE(url_of(first), url_of(second));
    EXPECT_EQ(site_.get(url_of(first)).status(), 404);
    EXPECT_EQ(site_.get(url_of(second)).status(), 200);
    EXPECT_EQ(site_.stored().size(), 8u);
}

TEST_F(UploadRoutesTest, AChannelsPicturesAreBesideTheAccounts) {
    const auto own = site_.upload({file(png(64, 64))});
    const auto channels = site_.upload({file(png(64, 64)), {"channel", "adas"}});
    const auto banner = site_.upload({file(png(64, 64)), {"channel", "adas"}}, "/api/upload/banner");
    for (const auto& answer : {own, channels, banner}) EXPECT_EQ(site_.get(url_of(answer)).status(), 200);
    EXPECT_EQ(site_.stored().size(), 8u + 8u + 6u);
}

TEST_F(UploadRoutesTest, WhatTheOwnerRefusesIsNotKept) {
    const auto answer = site_.upload({file(png(64, 64)), {"channel", "bobs"}});
    EXPECT_EQ(answer.status(), 403);
    EXPECT_EQ(code_of(answer), "not_yours");
    EXPECT_TRUE(site_.stored().empty());
}

TEST_F(UploadRoutesTest, StrangersMayNot) {
    const auto answer = site_.post("/api/upload/avatar", testing::form_of({file(png(64, 64))}), "multipart/form-data; boundary=boundary", "");
    EXPECT_EQ(answer.status(), 401);
    EXPECT_TRUE(site_.stored().empty());
}

TEST_F(UploadRoutesTest, ABannerNeedsItsChannel) { EXPECT_EQ(code_of(site_.upload({file(png(64, 64))}, "/api/upload/banner")), "channel_missing"); }

TEST_F(UploadRoutesTest, TakesThePartThatWasAskedFor) {
    const auto crop = [&](std::string x, std::string y, std::string width, std::string height) {
        return site_.upload({file(png(400, 300)), {"cropX", x}, {"cropY", y}, {"cropWidth", width}, {"cropHeight", height}});
    };
    EXPECT_EQ(crop("100", "0", "300", "300").status(), 200);
    EXPECT_EQ(code_of(crop("101", "0", "300", "300")), "crop_outside");
    for (const std::string wrong : {"", "-1", "1.5", "x", "99999999999"}) EXPECT_EQ(code_of(crop(wrong, "0", "10", "10")), "crop_invalid") << wrong;
    EXPECT_EQ(code_of(site_.upload({file(png(400, 300)), {"cropX", "1"}})), "crop_invalid");
}

TEST_F(UploadRoutesTest, RefusesFormsThatAreNone) {
    EXPECT_EQ(site_.post("/api/upload/avatar", "{}", "application/json").status(), 415);
    EXPECT_EQ(code_of(site_.post("/api/upload/avatar", "--boundary\r\n")), "form_invalid");
    EXPECT_EQ(code_of(site_.upload({{"channel", "adas"}})), "form_invalid");
    EXPECT_EQ(code_of(site_.upload({file(png(64, 64)), file(png(64, 64))})), "form_invalid");
    EXPECT_EQ(code_of(site_.upload({file(png(64, 64)), {"role", "admin"}})), "form_invalid");
    EXPECT_EQ(site_.post("/api/upload/avatar", std::string((12 << 20) + 1, 'x')).status(), 413);
}

TEST_F(UploadRoutesTest, SaysThatTheStoreIsGone) {
    site_.break_store();
    const auto answer = site_.upload({file(png(64, 64))});
    EXPECT_EQ(answer.status(), 503);
    EXPECT_EQ(code_of(answer), "object_store_unavailable");
}

TEST_F(UploadRoutesTest, NoAddressLeadsOutOfTheUploads) {
    const auto url = url_of(site_.upload({file(png(64, 64))}));
    const auto number = url.substr(9, 26);
    for (const auto& path : std::vector<std::string>{
             std::string{"/uploads/"}, "/uploads/..%2fserver.secret", "/uploads/..%2f..%2fetc%2fpasswd", "/uploads/%2e%2e%2fx.webp",
             "/uploads/" + number, "/uploads/" + number + "-256.html", "/uploads/" + number + "-256.webp%00.html", "/uploads/" + number + "-257.webp",
             "/uploads/" + number + "-256.WEBP", "/uploads/" + number + "-256.webp/", "/uploads/" + number + "%2f256.webp",
             "/uploads/" + std::string(26, 'a') + "-256.webp", "/uploads/.unfinished", "/uploads/" + number + "-..%2f..%2fx.webp"}) {
        const auto status = site_.get(path).status();
        EXPECT_TRUE(status == 404 || status == 400) << path << " " << status;
    }
}

}  // namespace
}  // namespace ae::uploads
