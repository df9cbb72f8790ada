// Files that are two things at once, bombs, and files that are not what they say: each is refused with a reason, or comes out as nothing but pixels.
#include <array>

#include <boost/json/parse.hpp>

#include "media/job/picture_head.hpp"
#include "uploads/testing.hpp"

namespace ae::uploads {
namespace {

using testing::deflated;
using testing::png;
using testing::png_chunk;
using testing::Site;

enum class Fate { clean, refused, either };

struct Case {
    std::string sentence;
    std::string file;
    Fate fate;
    /// Of a refused one.
    std::string code = {};
    std::string file_name = "picture.png";
    std::string type = "image/png";
};
using Cases = std::vector<Case>;

constexpr std::string_view kScript = "<script>alert(document.domain)</script>";
/// None of these may come out again.
constexpr std::array<std::string_view, 12> kDirt{"<script", "alert(", "<?php",  "<html", "<svg",        "PK\x03\x04",
                                                 "%PDF",    "/*",     "secret", "Exif",  "ICC_PROFILE", "#!/bin"};

std::string hex(std::string_view text) { return std::string{as_text(*from_hex(text))}; }
const std::string kGif = hex("47494638396101000100800000000000ffffff2c00000000010001000002024401003b");

/// A real file of each type: a PNG by hand, a GIF by heart, and what the worker makes of the PNG.
struct Samples {
    explicit Samples(Site& site) : png_file(png(40, 30)) {
        const auto answer = site.upload({{"file", png_file, "a.png", "image/png"}});
        const auto shown = boost::json::parse(answer.body);
        webp_file = site.get(std::string{shown.at("url").as_string()}).body;
        jpeg_file = site.get(std::string{shown.at("fallbackUrl").as_string()}).body;
    }
    std::vector<std::pair<std::string, std::string>> all() const {
        return {{"PNG", png_file}, {"JPEG", jpeg_file}, {"WebP", webp_file}, {"GIF", kGif}};
    }
    std::string png_file, jpeg_file, webp_file;
};

std::string jpeg_with(const std::string& jpeg, std::uint8_t marker, std::string_view content) {
    const auto size = content.size() + 2;
    return jpeg.substr(0, 2) + "\xff" + static_cast<char>(marker) + static_cast<char>(size >> 8) + static_cast<char>(size) + std::string{content} +
           jpeg.substr(2);
}

std::string little32(std::size_t value) {
    std::string out;
    for (int i = 0; i < 4; ++i) out += static_cast<char>(value >> (8 * i));
    return out;
}

std::string webp_with(const std::string& webp, std::string_view name, std::string_view content) {
    std::string file =
        webp + std::string{name} + little32(content.size()) + std::string{content} + (content.size() % 2 != 0 ? std::string(1, '\0') : "");
    return file.replace(4, 4, little32(file.size() - 8));
}

void add_wrong_names(const Samples& samples, Cases& cases) {
    const std::array<std::pair<std::string, std::string>, 4> names{
        {{"a.html", "text/html"}, {"a.svg", "image/svg+xml"}, {"../../a.php", "application/x-httpd-php"}, {"a.exe", "application/x-msdownload"}}};
    for (const auto& [type, file] : samples.all()) {
        for (const auto& [name, claimed] : names) cases.push_back({type + " called " + name, file, Fate::clean, "", name, claimed});
    }
}

void add_tails(const Samples& samples, Cases& cases) {
    const std::array<std::string, 5> tails{std::string{kScript}, "PK\x03\x04 an archive", "%PDF-1.7 a document", "<?php system($_GET[0]); ?>",
                                           "\n#!/bin/sh\nsecret"};
    for (const auto& [type, file] : samples.all()) {
        for (const auto& tail : tails) cases.push_back({type + " with a tail: " + tail.substr(0, 5), file + tail, Fate::clean});
    }
}

void add_insides(const Samples& samples, Cases& cases) {
    const std::string script{kScript};
    for (const std::string name : {"tEXt", "iTXt", "eXIf", "prVt"})
        cases.push_back({"PNG with " + name, png(40, 30, png_chunk(name, "Comment" + std::string(1, '\0') + script)), Fate::clean});
    cases.push_back({"PNG with a compressed script", png(40, 30, png_chunk("zTXt", "a" + std::string(2, '\0') + deflated(script))), Fate::clean});
    cases.push_back(
        {"PNG with a colour profile", png(40, 30, png_chunk("iCCP", "ICC_PROFILE" + std::string(2, '\0') + deflated("secret"))), Fate::clean});
    cases.push_back({"JPEG with a comment", jpeg_with(samples.jpeg_file, 0xfe, script), Fate::clean});
    cases.push_back(
        {"JPEG with Exif", jpeg_with(samples.jpeg_file, 0xe1, std::string{"Exif\0\0MM\0*\0\0\0\x08\0\0", 16} + "secret place"), Fate::clean});
    cases.push_back(
        {"JPEG with XMP", jpeg_with(samples.jpeg_file, 0xe1, "http://ns.adobe.com/xap/1.0/" + std::string(1, '\0') + script), Fate::clean});
    cases.push_back(
        {"JPEG with a colour profile", jpeg_with(samples.jpeg_file, 0xe2, std::string{"ICC_PROFILE\0\x01\x01", 14} + "secret"), Fate::clean});
    cases.push_back({"JPEG with HTML in it", jpeg_with(samples.jpeg_file, 0xed, "--><html><body>" + script), Fate::clean});
    cases.push_back({"GIF with a comment",
                     kGif.substr(0, 19) + "\x21\xfe" + static_cast<char>(script.size()) + script + std::string(1, '\0') + kGif.substr(19),
                     Fate::clean});
    for (const std::string name : {"EXIF", "XMP ", "ICCP", "junk"})
        cases.push_back({"WebP with " + name, webp_with(samples.webp_file, name, script), Fate::clean});
}

void add_others(Cases& cases) {
    const std::string svg = "<svg xmlns=\"http://www.w3.org/2000/svg\" onload=\"alert(1)\"/>";
    for (const auto& [what, file] : std::vector<std::pair<std::string, std::string>>{
             {"nothing", ""},
             {"one byte", "G"},
             {"SVG", svg},
             {"SVG behind a declaration", "<?xml version=\"1.0\"?>" + svg},
             {"SVG that says PNG", "<!--\x89PNG-->" + svg},
             {"HTML", "<html>" + std::string{kScript}},
             {"script that begins like a GIF", "GIF89b/*=1;alert(1)"},
             {"a PDF", "%PDF-1.7"},
             {"an archive", "PK\x03\x04"},
             {"a BMP", "BM" + std::string(60, '\0')},
             {"a TIFF", "II*" + std::string(60, '\0')},
             {"an icon", std::string{"\0\0\1\0", 4} + std::string(60, '\0')},
             {"an MP4", std::string{"\0\0\0\x18"
                                    "ftypmp42",
                                    12} +
                            std::string(60, '\0')},
             {"an AVIF", std::string{"\0\0\0\x18"
                                     "ftypavif",
                                     12} +
                             std::string(60, '\0')},
             {"PostScript", "%!PS-Adobe-3.0"},
             {"an MVG for ImageMagick", "push graphic-context\nimage over 0,0 0,0 'https://example.org/x'"},
             {"a program",
              "\x7f"
              "ELF" +
                  std::string(60, '\0')},
             {"gzip", "\x1f\x8b\x08" + std::string(60, '\0')},
             {"a sound in RIFF", "RIFF" + little32(36) + "WAVEfmt "},
             {"a list of pictures for ffmpeg", "ffconcat version 1.0\nfile /etc/passwd"},
             {"a playlist", "#EXTM3U\n#EXT-X-TARGETDURATION:1\nfile:///etc/passwd"}}) {
        cases.push_back({what, file, Fate::refused, "picture_type_unknown"});
    }
}

void add_halves(const Samples& samples, Cases& cases) {
    for (const auto& [type, file] : samples.all()) {
        cases.push_back({type + " cut after ten bytes", file.substr(0, 10), Fate::refused, "picture_type_unknown"});
        cases.push_back({type + " cut in the middle", file.substr(0, file.size() * 2 / 3), Fate::either});
        auto bent = file;
        for (std::size_t i = file.size() / 2; i < file.size(); i += 7) bent[i] = static_cast<char>(bent[i] ^ 0x5a);
        cases.push_back({type + " with bent bytes", bent, Fate::either});
    }
}

std::string with_size(std::string file, std::size_t at, std::string_view size) { return file.replace(at, size.size(), size); }

void add_bombs(const Samples& samples, Cases& cases) {
    const auto jpeg_frame = samples.jpeg_file.find("\xff\xc0");
    const std::string zeros(std::size_t{64} << 20, '\0');
    const auto too_large = [&](std::string sentence, std::string file) {
        cases.push_back({std::move(sentence), std::move(file), Fate::refused, "picture_too_large"});
    };
    const std::string large =
        hex("00007530"
            "00007530");
    too_large("PNG of 30 000 x 30 000", with_size(samples.png_file, 16, large));
    too_large("PNG of 2 147 483 647 x 1", with_size(samples.png_file, 16, hex("7fffffff00000001")));
    too_large("JPEG of 65 535 x 65 535", with_size(samples.jpeg_file, jpeg_frame + 5, "\xff\xff\xff\xff"));
    too_large("GIF of 65 535 x 65 535", with_size(kGif, 6, "\xff\xff\xff\xff"));
    too_large("WebP of 16 777 216 x 16 777 216", webp_with(samples.webp_file, "VP8X", std::string(4, '\0') + "\xff\xff\xff\xff\xff\xff"));
    too_large("JPEG with a second, huge frame", samples.jpeg_file.substr(0, jpeg_frame) + samples.jpeg_file.substr(jpeg_frame, 5) +
                                                    "\xff\xff\xff\xff" + samples.jpeg_file.substr(jpeg_frame + 9, 10) +
                                                    samples.jpeg_file.substr(jpeg_frame));
    cases.push_back({"PNG of 0 x 0", with_size(samples.png_file, 16, std::string(8, '\0')), Fate::refused, "picture_type_unknown"});
    cases.push_back({"PNG with a text of 64 MB", png(40, 30, png_chunk("zTXt", "a" + std::string(2, '\0') + deflated(zeros))), Fate::clean});
    cases.push_back({"PNG with a profile of 64 MB", png(40, 30, png_chunk("iCCP", "a" + std::string(2, '\0') + deflated(zeros))), Fate::clean});
    cases.push_back({"PNG of one pixel with 64 MB of rows", png(1, 1, png_chunk("IDAT", deflated(zeros))), Fate::either});
    cases.push_back({"PNG of 36 megapixels in 40 kB", png(6000, 6000), Fate::clean});
    std::string frames = kGif.substr(0, kGif.size() - 1);
    for (int i = 0; i < 100'000; ++i) frames += kGif.substr(19, 15);
    cases.push_back({"GIF of 100 000 pictures", frames + ";", Fate::clean});
    std::string empties;
    for (int i = 0; i < 100'000; ++i) empties += png_chunk("IDAT", "");
    cases.push_back({"PNG with 100 000 empty chunks", png(40, 30, empties), Fate::either});
    std::string scans = samples.jpeg_file;
    for (int i = 0; i < 200; ++i) scans += samples.jpeg_file.substr(2);
    cases.push_back({"JPEG in JPEG, 200 times", scans, Fate::either});
}

/// Nothing of the sent file stands in a stored object, and each is one whole picture of its type.
void expect_clean(const Case& one, const std::map<objects::ObjectName, SharedBytes>& stored) {
    EXPECT_EQ(stored.size(), 8u) << one.sentence;
    for (const auto& [name, bytes] : stored) {
        const auto text = as_text(*bytes);
        const auto head = media::job::read_picture_head(*bytes);
        ASSERT_TRUE(head) << one.sentence;
        EXPECT_EQ(media::job::content_type_of(head->type), name.content_type());
        if (head->type == media::job::PictureType::webp) EXPECT_EQ(text.substr(4, 4), little32(text.size() - 8));
        else EXPECT_TRUE(text.ends_with("\xff\xd9"));
        for (const auto dirt : kDirt) {
            // Two bytes come by chance in pixels; only words say something.
            if (dirt.size() > 2) EXPECT_EQ(text.find(dirt), std::string_view::npos) << one.sentence << ": " << dirt;
        }
    }
}

void expect_fate(Site& site, const Case& one) {
    site.rest();
    const auto answer = site.upload({{"file", one.file, one.file_name, one.type}});
    const int status = answer.status();
    if (status == 200) {
        EXPECT_NE(one.fate, Fate::refused) << one.sentence;
        return expect_clean(one, site.stored());
    }
    EXPECT_NE(one.fate, Fate::clean) << one.sentence << ": " << answer.body;
    EXPECT_TRUE(status == 413 || status == 422) << one.sentence << ": " << answer.body;
    if (!one.code.empty()) EXPECT_EQ(std::string{boost::json::parse(answer.body).at("code").as_string()}, one.code) << one.sentence;
}

TEST(PolyglotTest, EachIsRefusedOrComesOutAsNothingButPixels) {
    Site site;
    const Samples samples{site};
    Cases cases;
    add_wrong_names(samples, cases);
    add_tails(samples, cases);
    add_insides(samples, cases);
    add_others(cases);
    add_halves(samples, cases);
    add_bombs(samples, cases);
    EXPECT_GE(cases.size(), 80u);
    for (const auto& one : cases) expect_fate(site, one);
    // The worker that saw all this is well.
    site.rest();
    EXPECT_EQ(site.upload({{"file", samples.png_file, "a.png", "image/png"}}).status(), 200);
}

}  // namespace
}  // namespace ae::uploads
