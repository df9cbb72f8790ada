#include "accounts/account_rules.hpp"

#include <gtest/gtest.h>

namespace ae::accounts {
namespace {

TEST(AccountRules, KnowAddresses) {
    for (const char* good : {"a@b.test", "Ada.Lovelace+x@mail.example.org", "o'neil@b.test", "a_b-c@x-y.test", "1@2.test"}) {
        EXPECT_EQ(check_email(good).value(), lower(good)) << good;
    }
    for (const std::string bad : {"",
                                  "a",
                                  "@b.test",
                                  "a@",
                                  "a@b",
                                  "a@b.",
                                  "a@.test",
                                  "a b@c.test",
                                  "a@b c.test",
                                  "a@b..test",
                                  ".a@b.test",
                                  "a.@b.test",
                                  "a..b@c.test",
                                  "\"a\"@b.test",
                                  "a@-b.test",
                                  "a@b-.test",
                                  "a@b.test\n",
                                  "a@b.test\r\nBcc: c@d.test",
                                  "ä@b.test",
                                  "a@bä.test",
                                  "a@[127.0.0.1]",
                                  "<a@b.test>",
                                  "a@b.test,c@d.test",
                                  "a@b@c.test ",
                                  "a\0@b.test"}) {
        const auto checked = check_email(bad);
        ASSERT_FALSE(checked) << bad;
        EXPECT_EQ(checked.error().reason, "email_invalid");
    }
    EXPECT_FALSE(check_email(std::string(65, 'a') + "@b.test"));
    EXPECT_FALSE(check_email("a@" + std::string(64, 'b') + ".test"));
    EXPECT_FALSE(check_email("a@" + std::string(250, 'b') + ".test"));
}

TEST(AccountRules, RefusePasswordsThatEverybodyTries) {
    for (const char* good : {"correct horse", "12345679", "пароль пароль", "        x"})
        EXPECT_TRUE(check_password(Secret{good}, "a@b.test")) << good;
    for (const char* weak : {"", "short", "1234567", "12345678", "PASSWORD", "Qwerty123", "a@b.test", "A@B.TEST"}) {
        EXPECT_EQ(check_password(Secret{weak}, "a@b.test").error().reason, "password_weak") << weak;
    }
    EXPECT_TRUE(check_password(Secret{std::string(256, 'x')}, ""));
    EXPECT_FALSE(check_password(Secret{std::string(257, 'x')}, ""));
}

TEST(AccountRules, KnowLanguageTags) {
    for (const char* good : {"en", "de", "pt-BR", "zh-Hant-TW", "gsw", "es-419"}) EXPECT_TRUE(check_language(good)) << good;
    for (const char* bad : {"", "e", "english", "en-", "-en", "en--US", "en_US", "en US", "<script>", "en-toolonghere"})
        EXPECT_FALSE(check_language(bad)) << bad;
}

TEST(AccountRules, ShowNamesThatTurnNothingAround) {
    EXPECT_TRUE(check_display_name("Ada Lovelace"));
    for (const char* bad : {"", " a", "a ", "a\tb", "a\x7f", "a\u0085", "\u202eabc", "a\u2066b", "a\u200eb", "\xff"})
        EXPECT_FALSE(check_display_name(bad)) << bad;
    EXPECT_TRUE(check_bio("one\ntwo"));
    EXPECT_FALSE(check_bio("one\rtwo"));
}

}  // namespace
}  // namespace ae::accounts
