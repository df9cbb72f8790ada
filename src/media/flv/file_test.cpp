#include "media/flv/file.hpp"

#include <gtest/gtest.h>

namespace ae::media::flv {
namespace {

Bytes two_tags() {
    Bytes file;
    write_file_header(file);
    const Bytes first{1, 2, 3}, second{4};
    write_file_tag(file, {TagType::video, 0x12345678, first});
    write_file_tag(file, {TagType::audio, 5, second});
    return file;
}

TEST(FlvFile, ReadsWhatItWrote) {
    const auto file = two_tags();
    auto reader = FileReader::open(file);
    ASSERT_TRUE(reader);
    const auto first = reader->next(), second = reader->next();
    ASSERT_TRUE(first && second);
    EXPECT_EQ(first->timestamp_ms, 0x12345678u);
    EXPECT_EQ(to_hex(first->body), "010203");
    EXPECT_EQ(second->type, TagType::audio);
    EXPECT_FALSE(reader->next());
}

TEST(FlvFile, EndsBeforeATagThatIsCut) {
    const auto file = two_tags();
    for (std::size_t cut = 0; cut < file.size(); ++cut) {
        auto reader = FileReader::open(BytesView{file}.first(cut));
        if (!reader) continue;
        std::size_t tags = 0;
        while (reader->next()) ++tags;
        EXPECT_LT(tags, cut + 4 >= file.size() ? 3u : 2u);
    }
}

TEST(FlvFile, RefusesOtherFiles) {
    EXPECT_FALSE(FileReader::open(as_bytes("RIFFxxxxxxxxxxxx")));
    EXPECT_FALSE(FileReader::open(*from_hex("464c560105ffffffff00000000")));
}

}  // namespace
}  // namespace ae::media::flv
