// For tests: an OpenStack Swift with its S3 interface, from Debian, in a temporary folder and on free loopback ports. It verifies signatures.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "base/secret.hpp"

namespace ae::objects::testing {

class Swift {
  public:
    /// Throws when it does not answer within a minute.
    Swift();
    ~Swift();
    Swift(const Swift&) = delete;
    Swift& operator=(const Swift&) = delete;
    /// The one that a test program shares.
    static Swift& shared();

    /// `http://127.0.0.1:PORT`, and by a name below which every bucket is a name too.
    std::string endpoint() const;
    std::string named_endpoint() const;
    static std::string access_key() { return "test:tester"; }
    static Secret secret_key() { return Secret{"testing"}; }
    static std::string region() { return "eu-north-1"; }
    /// It is there from the beginning.
    static std::string bucket() { return "aethex"; }

  private:
    struct Parts;
    std::unique_ptr<Parts> parts_;
};

}  // namespace ae::objects::testing
