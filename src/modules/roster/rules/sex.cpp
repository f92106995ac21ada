#include "modules/roster/rules/sex.hpp"

#include <array>
#include <utility>

#include "platform/text/utf8.hpp"

namespace santong::roster::rules {

std::optional<Sex> read_sex(std::string_view text) {
    static constexpr std::array<std::pair<std::string_view, Sex>, 22> names{{{"男", Sex::male},
                                                                             {"男性", Sex::male},
                                                                             {"男生", Sex::male},
                                                                             {"男孩", Sex::male},
                                                                             {"m", Sex::male},
                                                                             {"male", Sex::male},
                                                                             {"1", Sex::male},
                                                                             {"1-男", Sex::male},
                                                                             {"女", Sex::female},
                                                                             {"女性", Sex::female},
                                                                             {"女生", Sex::female},
                                                                             {"女孩", Sex::female},
                                                                             {"f", Sex::female},
                                                                             {"female", Sex::female},
                                                                             {"2", Sex::female},
                                                                             {"2-女", Sex::female},
                                                                             {"0", Sex::unknown},
                                                                             {"未知", Sex::unknown},
                                                                             {"未知的性别", Sex::unknown},
                                                                             {"unknown", Sex::unknown},
                                                                             {"9", Sex::unspecified},
                                                                             {"未说明", Sex::unspecified}}};
    auto wanted = text::search_form(text);
    for (auto const& [name, sex] : names) {
        if (name == wanted) return sex;
    }
    if (wanted == "未说明的性别" || wanted == "unspecified" || wanted == "other") return Sex::unspecified;
    return std::nullopt;
}

std::string_view sex_code(Sex sex) {
    switch (sex) {
        case Sex::unknown: return "0";
        case Sex::male: return "1";
        case Sex::female: return "2";
        case Sex::unspecified: return "9";
    }
    return "0";
}

}  // namespace santong::roster::rules
