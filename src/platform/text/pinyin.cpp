#include "platform/text/pinyin.hpp"

#include <unicode/normalizer2.h>
#include <unicode/translit.h>

#include <array>
#include <memory>
#include <stdexcept>
#include <unordered_map>

#include "platform/text/utf8.hpp"

namespace santong::text {

namespace {

struct Reading {
    std::string_view surname;
    std::string_view full;
    std::string_view initials;
};

/// Surnames that sound otherwise than the same characters elsewhere; two characters before one.
constexpr std::array surname_readings{
    Reading{"尉迟", "yuchi", "yc"},  Reading{"尉遲", "yuchi", "yc"},  Reading{"万俟", "moqi", "mq"},
    Reading{"單于", "chanyu", "cy"}, Reading{"单于", "chanyu", "cy"}, Reading{"长孙", "zhangsun", "zs"},
    Reading{"澹台", "tantai", "tt"}, Reading{"令狐", "linghu", "lh"}, Reading{"宿勤", "suqin", "sq"},
    Reading{"单", "shan", "s"},      Reading{"解", "xie", "x"},       Reading{"仇", "qiu", "q"},
    Reading{"查", "zha", "z"},       Reading{"区", "ou", "o"},        Reading{"曾", "zeng", "z"},
    Reading{"朴", "piao", "p"},      Reading{"盖", "ge", "g"},        Reading{"缪", "miao", "m"},
    Reading{"乐", "yue", "y"},       Reading{"覃", "qin", "q"},       Reading{"尹", "yin", "y"},
    Reading{"种", "chong", "c"},     Reading{"逄", "pang", "p"},      Reading{"冼", "xian", "x"},
    Reading{"任", "ren", "r"},       Reading{"召", "shao", "s"},      Reading{"洗", "xian", "x"},
    Reading{"秘", "bi", "b"},        Reading{"折", "she", "s"},       Reading{"谌", "chen", "c"},
    Reading{"翟", "zhai", "z"},      Reading{"员", "yun", "y"},       Reading{"贠", "yun", "y"},
    Reading{"隗", "wei", "w"},       Reading{"繁", "po", "p"},        Reading{"哈", "ha", "h"},
    Reading{"郇", "xun", "x"},       Reading{"郗", "xi", "x"},        Reading{"那", "na", "n"},
    Reading{"牟", "mou", "m"},       Reading{"车", "che", "c"},       Reading{"纪", "ji", "j"},
    Reading{"都", "du", "d"},        Reading{"宁", "ning", "n"},      Reading{"祭", "zhai", "z"},
    Reading{"葛", "ge", "g"},        Reading{"臧", "zang", "z"},      Reading{"燕", "yan", "y"},
    Reading{"黑", "he", "h"},        Reading{"重", "chong", "c"},     Reading{"行", "xing", "x"},
    Reading{"晟", "cheng", "c"},     Reading{"沈", "shen", "s"},      Reading{"弗", "fei", "f"},
    Reading{"教", "jiao", "j"},      Reading{"费", "fei", "f"},       Reading{"石", "shi", "s"},
    Reading{"叶", "ye", "y"},        Reading{"占", "zhan", "z"},      Reading{"乜", "nie", "n"},
};

icu::Transliterator const& han_latin() {
    thread_local std::unique_ptr<icu::Transliterator> found;
    if (!found) {
        UErrorCode status = U_ZERO_ERROR;
        found.reset(icu::Transliterator::createInstance("Han-Latin", UTRANS_FORWARD, status));
        if (U_FAILURE(status)) throw std::runtime_error(std::string("ICU has no pinyin: ") + u_errorName(status));
    }
    return *found;
}

/// "lǚ" becomes "lv": tones fall, the two dots of ü are kept as v, every other mark falls.
std::string without_tones(icu::UnicodeString const& toned) {
    UErrorCode status = U_ZERO_ERROR;
    auto parts = icu::Normalizer2::getNFDInstance(status)->normalize(toned, status);
    if (U_FAILURE(status)) throw std::runtime_error(std::string("ICU cannot decompose: ") + u_errorName(status));
    std::string out;
    for (std::int32_t i = 0; i < parts.length(); ++i) {
        char16_t c = parts[i];
        if (c == 0x0308 && !out.empty() && out.back() == 'u') out.back() = 'v';
        if (c >= 'A' && c <= 'Z') c = static_cast<char16_t>(c + ('a' - 'A'));
        if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')) out += static_cast<char>(c);
    }
    return out;
}

/// One character; remembered, because a district's names use some three thousand of them over and over.
std::string const& sound_of(char32_t character) {
    thread_local std::unordered_map<char32_t, std::string> known;
    auto [entry, added] = known.try_emplace(character);
    if (!added) return entry->second;
    icu::UnicodeString text(static_cast<UChar32>(character));
    if (is_han(character)) han_latin().transliterate(text);
    entry->second = without_tones(text);
    return entry->second;
}

void append_sounds(Pinyin& pinyin, std::string_view text) {
    bool inside_word = false;  // of letters: only its first gives an initial
    for (std::size_t at = 0; at < text.size();) {
        char32_t c = next_character(text, at);
        auto const& sound = sound_of(c);
        bool han = is_han(c);
        if (!sound.empty() && (han || !inside_word)) {
            pinyin.initials += sound.front();
            if (!pinyin.syllables.empty()) pinyin.syllables += ' ';
        }
        pinyin.syllables += sound;
        pinyin.full += sound;
        inside_word = !han && !sound.empty();
    }
}

}  // namespace

Pinyin pinyin_of_name(std::string_view name) {
    auto text = clean(name);
    Pinyin pinyin;
    std::string_view rest = text;
    for (auto const& reading : surname_readings) {
        if (!rest.starts_with(reading.surname)) continue;
        pinyin = {std::string(reading.full), std::string(reading.initials), std::string(reading.full)};
        rest.remove_prefix(reading.surname.size());
        break;
    }
    append_sounds(pinyin, rest);
    return pinyin;
}

Pinyin pinyin_of_text(std::string_view text) {
    Pinyin pinyin;
    append_sounds(pinyin, clean(text));
    return pinyin;
}

}  // namespace santong::text
