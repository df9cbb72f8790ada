#include "net/http/multipart.hpp"

#include <gtest/gtest.h>

namespace ae::http {
namespace {

using State = MultipartReader::State;

const std::string kForm =
    "--xyz\r\nContent-Disposition: form-data; name=\"crop\"\r\n\r\n1,2\r\n"
    "--xyz\r\ncontent-disposition: form-data; name=\"file\"; filename=\"a\\\"b.png\"\r\nContent-Type: image/png\r\n\r\n\x89PNG\r\n--xy\r\n\r\n-\r\n"
    "--xyz\r\nContent-Disposition: form-data; name=empty\r\n\r\n\r\n--xyz--\r\nbehind";

std::vector<FormPart> expected() {
    return {{"crop", std::nullopt, "", "1,2"}, {"file", "a\"b.png", "image/png", "\x89PNG\r\n--xy\r\n\r\n-"}, {"empty", std::nullopt, "", ""}};
}

State read(std::string_view text, MultipartLimits limits = {}) { return MultipartReader{"xyz", limits}.feed(text); }

TEST(MultipartTest, ReadsAFormAtEverySplitPoint) {
    for (std::size_t cut = 0; cut <= kForm.size(); ++cut) {
        MultipartReader reader{"xyz", {}};
        reader.feed(std::string_view{kForm}.substr(0, cut));
        ASSERT_EQ(reader.feed(std::string_view{kForm}.substr(cut)), State::complete) << cut;
        EXPECT_EQ(reader.take_parts(), expected()) << cut;
    }
    MultipartReader bytewise{"xyz", {}};
    for (const char byte : kForm) bytewise.feed({&byte, 1});
    EXPECT_EQ(bytewise.take_parts(), expected());
}

TEST(MultipartTest, WaitsForTheEndOfAForm) {
    const auto end = kForm.find("--xyz--");
    for (std::size_t size = 0; size < end + 7; ++size) EXPECT_EQ(read(std::string_view{kForm}.substr(0, size)), State::need_more) << size;
}

TEST(MultipartTest, RefusesWhatTwoReadersMightReadDifferently) {
    for (const std::string_view text :
         {"preamble\r\n--xyz\r\n", "--xyz--\r\n", "--xyz \r\n", "--xyz\nContent-Disposition: form-data; name=a\n\n",
          "--xyz\r\n\r\n\r\nno head\r\n--xyz--", "--xyz\r\nContent-Type: text/plain\r\n\r\nno name\r\n--xyz--",
          "--xyz\r\nContent-Disposition: attachment; name=a\r\n\r\n\r\n--xyz--",
          "--xyz\r\nContent-Disposition: form-data; name=\"\"\r\n\r\n\r\n--xyz--",
          "--xyz\r\nContent-Disposition: form-data; name=\"a\r\n\r\n\r\n--xyz--",
          "--xyz\r\nContent-Disposition: form-data; name=a; name=b\r\n\r\n\r\n--xyz--",
          "--xyz\r\nContent-Disposition: form-data; name=a\r\nContent-Disposition: form-data; name=b\r\n\r\n\r\n--xyz--",
          "--xyz\r\nContent-Disposition: form-data; name=a\r\nContent-Transfer-Encoding: base64\r\n\r\n\r\n--xyz--",
          "--xyz\r\nContent-Disposition: form-data; name=a\r\nno colon\r\n\r\n\r\n--xyz--",
          "--xyz\r\nContent-Disposition: form-data; name=a\r\n\r\nx\r\n--xyzzz"}) {
        EXPECT_EQ(read(text), State::refused) << text;
    }
}

TEST(MultipartTest, StopsAtEveryBound) {
    const std::string part = "--xyz\r\nContent-Disposition: form-data; name=a\r\n\r\n12345\r\n";
    EXPECT_EQ(read(part + part + "--xyz--", {.parts = 2}), State::complete);
    EXPECT_EQ(read(part + part + part + "--xyz--", {.parts = 2}), State::too_large);
    EXPECT_EQ(read(part + part + "--xyz--", {.content_bytes = 10}), State::complete);
    EXPECT_EQ(read(part + part + "--xyz--", {.content_bytes = 9}), State::too_large);
    EXPECT_EQ(read("--xyz\r\n" + std::string(101, 'a'), {.head_bytes = 100}), State::too_large);
    MultipartReader reader{"xyz", {.content_bytes = 9}};
    reader.feed(part + part);
    EXPECT_EQ(reader.feed("--xyz--"), State::too_large);
}

TEST(MultipartTest, FindsTheBoundaryInTheContentType) {
    EXPECT_EQ(form_boundary("multipart/form-data; boundary=----WebKitFormBoundaryAbc"), "----WebKitFormBoundaryAbc");
    EXPECT_EQ(form_boundary("Multipart/Form-Data; charset=utf-8; Boundary=\"a b\""), std::nullopt);
    EXPECT_EQ(form_boundary("multipart/form-data;boundary=\"x'y\""), "x'y");
    for (const std::string_view type :
         {"", "multipart/form-data", "multipart/form-data; boundary=", "multipart/form-data; boundary=a; boundary=b", "multipart/mixed; boundary=a",
          "application/json", "multipart/form-data; boundary=a\r\nb", "multipart/form-data, boundary=a"}) {
        EXPECT_EQ(form_boundary(type), std::nullopt) << type;
    }
    EXPECT_EQ(form_boundary("multipart/form-data; boundary=" + std::string(71, 'a')), std::nullopt);
}

}  // namespace
}  // namespace ae::http
