#pragma once
// Which encoding a file of unknown origin has, and its text as UTF-8.
#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"

namespace santong::text {

enum class Encoding : int { utf8, utf8_bom, utf16_le, utf16_be, gb18030, big5 };
/// The name that people know it by, such as "GB18030".
std::string_view encoding_name(Encoding encoding);

/// Guesses the encoding of bytes that are text: a byte order mark, else strict UTF-8, else GB18030. Only where the
/// bytes are neither is a statistical guess asked, which may say Big5. A sequence cut at the end counts as whole.
Encoding detect_encoding(std::string_view bytes);

enum class LossKind : int {
    replaced,       ///< U+FFFD, or bytes that stand for no character
    question_mark,  ///< '?' beside an ideograph: an older program could not write a rare character (生僻字)
    private_use,    ///< a code of somebody's own font
};

/// A character that an earlier conversion lost, and where it stands.
struct LostCharacter {
    LossKind kind = LossKind::replaced;
    std::size_t line = 1;       ///< counted from 1
    std::size_t character = 1;  ///< within the line, counted from 1
    std::string around;         ///< a few characters on both sides
};

/// Places in UTF-8 text where a character was lost; at most `most` of them.
std::vector<LostCharacter> find_lost_characters(std::string_view utf8, std::size_t most = 100);

struct ConvertedText {
    std::string utf8;
    std::vector<LostCharacter> lost;
};
/// The whole text as UTF-8 without a byte order mark. Codes that GB18030 once kept in the private area and that
/// Unicode has named since are given their names.
ConvertedText to_utf8(std::string_view bytes, Encoding encoding);

/// Text of any encoding read as UTF-8, piece by piece. Throws if the disk fails.
class Utf8Source {
public:
    /// Finds the encoding by reading the file once. Refuses a file that is not there ("text.file_missing").
    static core::Result<Utf8Source> open(std::filesystem::path const& path);
    static Utf8Source of_bytes(std::string bytes);
    Utf8Source(Utf8Source&&) noexcept;
    Utf8Source& operator=(Utf8Source&&) noexcept;
    ~Utf8Source();

    /// Appends the next piece to `out`; false at the end. Characters are never cut.
    bool read(std::string& out);
    Encoding encoding() const;

private:
    struct State;
    explicit Utf8Source(std::unique_ptr<State> state);
    std::unique_ptr<State> state_;
};

}  // namespace santong::text
