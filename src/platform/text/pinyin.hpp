#pragma once
#include <string>
#include <string_view>

namespace santong::text {

/// How a name sounds, without tones, in lower case: 单雄信 is "shanxiongxin" and "sxx". ü is written v, as it is typed.
struct Pinyin {
    std::string full;
    std::string initials;
    /// Syllable by syllable, "shan xiong xin": sorted by this, all 李 stand together before the first 刘.
    std::string syllables = {};

    bool operator==(Pinyin const&) const = default;
};

/// Pinyin of a person's name; surnames with readings of their own (单 解 仇 查 尉迟 …) are read as surnames.
/// Letters and digits stay, other signs fall out.
Pinyin pinyin_of_name(std::string_view name);
/// Pinyin of any other text: a school, a place. First characters are not taken for surnames.
Pinyin pinyin_of_text(std::string_view text);

}  // namespace santong::text
