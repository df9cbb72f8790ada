// multipart/form-data (RFC 7578): what a browser's form with a file sends. Sans-IO and bounded: bytes in, parts out.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace ae::http {

/// One field of a form. Its file name and type are what the sender says: nobody believes them.
struct FormPart {
    std::string name;
    std::optional<std::string> file_name = {};
    std::string content_type = {};
    std::string content = {};
    bool operator==(const FormPart&) const = default;
};

struct MultipartLimits {
    std::size_t parts = 16;
    /// The head of one part.
    std::size_t head_bytes = 4096;
    /// The content of all parts together.
    std::size_t content_bytes = std::size_t{16} << 20;
};

/// The boundary that a Content-Type names; nullopt: it is no multipart/form-data, or names none of 1 to 70 plain characters (RFC 2046 section 5.1.1).
std::optional<std::string> form_boundary(std::string_view content_type);

class MultipartReader {
  public:
    enum class State : std::uint8_t { need_more, complete, refused, too_large };

    MultipartReader(std::string_view boundary, MultipartLimits limits);

    /// After anything but `need_more` it takes no more. What stands behind the closing boundary is not looked at.
    State feed(std::string_view bytes);
    State state() const { return state_; }
    /// When it is complete: the parts in the order they came.
    std::vector<FormPart> take_parts() { return std::move(parts_); }

  private:
    enum class Step : std::uint8_t { opening, head, content, behind_delimiter, done };

    /// Whether it went on: false, and more bytes are needed, or it is over.
    bool step();
    bool read_opening();
    bool read_head();
    bool read_content();
    bool read_behind_delimiter();
    bool give_up(State state);
    bool keep(std::size_t count);

    std::string delimiter_;  // CR LF, two hyphens, the boundary
    MultipartLimits limits_;
    State state_ = State::need_more;
    Step step_ = Step::opening;
    std::string waiting_;
    std::size_t content_bytes_ = 0;
    std::vector<FormPart> parts_;
};

}  // namespace ae::http
