#include "app/site.hpp"

#include <gtest/gtest.h>

namespace ae::app {
namespace {

constexpr std::string_view kHtml = R"(<head><!--ae:head--><script nonce="__AE_NONCE__"></script></head><body><!--ae:data--></body>)";

TEST(RenderPage, PutsNonceTitleAndFirstDataIn) {
    const auto page = render_page(kHtml, "n0nce", {.site_name = "Lighthouse", .title = "Ada", .address = "https://x.org/streams/ada"},
                                  R"({"name":"Lighthouse"})", {{R"(["channel","ada"])", R"({"slug":"ada"})"}});
    EXPECT_NE(page.find("<title>Ada · Lighthouse</title>"), std::string::npos);
    EXPECT_NE(page.find(R"(<script nonce="n0nce">)"), std::string::npos);
    EXPECT_NE(page.find(R"({"site":{"name":"Lighthouse"},"queries":[{"key":["channel","ada"],"data":{"slug":"ada"}}]})"), std::string::npos);
    EXPECT_EQ(page.find("__AE_NONCE__"), std::string::npos);
    EXPECT_EQ(page.find("<!--ae:"), std::string::npos);
}

TEST(RenderPage, LetsNoNameEndItsElement) {
    const auto page = render_page(kHtml, "n", {.site_name = "S", .title = "</title><script>alert(1)</script>\"'&"},
                                  R"({"name":"</script><script>alert(1)</script>"})", {});
    EXPECT_EQ(page.find("<script>alert"), std::string::npos);
    EXPECT_NE(page.find("&lt;/title&gt;&lt;script&gt;alert(1)&lt;/script&gt;&quot;&#39;&amp;"), std::string::npos);
    EXPECT_NE(page.find("\\u003c/script>"), std::string::npos);
}

TEST(RenderPage, KeepsLineSeparatorsOutOfTheScript) {
    const auto page = render_page(kHtml, "n", {.site_name = "S"}, "{\"name\":\"a\xe2\x80\xa8z\xe2\x80\xa9\"}", {});
    EXPECT_NE(page.find("a\\u2028z\\u2029"), std::string::npos);
}

}  // namespace
}  // namespace ae::app
