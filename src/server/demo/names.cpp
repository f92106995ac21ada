#include "server/demo/names.hpp"

#include <cstdio>

namespace santong::server::demo {

namespace {

std::vector<std::string> split(std::string_view text) {
    // Each Chinese character takes three bytes of UTF-8.
    std::vector<std::string> out;
    for (std::size_t i = 0; i + 3 <= text.size(); i += 3) out.emplace_back(text.substr(i, 3));
    return out;
}

std::vector<std::string> const& surnames() {
    // The commonest first; drawn with a falling weight.
    static auto const all = split(
        "李王张刘陈杨周黄吴罗彭唐曾邓肖谭何胡蒋郭谢龙贺朱袁孙徐易邹谷夏田曹汤段尹薛钟熊莫欧秦阳向傅欧汪潘江文毛苏戴范方"
        "石");
    return all;
}
std::vector<std::string> const& male_characters() {
    static auto const all =
        split("伟强军杰涛明超勇辉鹏浩宇轩博文俊毅志刚建国平宏斌峰晨阳子涵睿泽嘉乐天佑安康凯旋远航思源");
    return all;
}
std::vector<std::string> const& female_characters() {
    static auto const all =
        split("芳娜敏静丽艳娟霞秀兰玲桂英萍红梅婷慧雅琪欣怡梦瑶诗雨若曦佳颖语桐紫萱思彤可馨雪莹晓燕琳");
    return all;
}

std::string digits(int value, int width) {
    std::string text = std::to_string(value);
    return std::string(
               static_cast<std::size_t>(width) - std::min<std::size_t>(text.size(), static_cast<std::size_t>(width)),
               '0') +
           text;
}

}  // namespace

std::string surname(Random& random) {
    auto const& all = surnames();
    double const share = random.share();
    return all[static_cast<std::size_t>(share * share * static_cast<double>(all.size()))];
}

std::string person_name(Random& random, roster::Sex sex, std::string const& family) {
    auto const& given = sex == roster::Sex::female ? female_characters() : male_characters();
    std::string name = family.empty() ? surname(random) : family;
    name += random.pick(given);
    if (random.chance(0.82)) name += random.pick(given);
    return name;
}

std::string phone(Random& random) {
    return "170" + digits(random.between(0, 99'999'999), 8);
}

std::string citizen_number(Random& random, core::LocalDate birth, roster::Sex sex) {
    int sequence = random.between(0, 499) * 2 + (sex == roster::Sex::male ? 1 : 0);
    auto const date = birth.text();
    std::string number = "430921" + date.substr(0, 4) + date.substr(5, 2) + date.substr(8, 2) + digits(sequence, 3);
    static constexpr int weights[] = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    int sum = 0;
    for (std::size_t i = 0; i < 17; ++i) sum += (number[i] - '0') * weights[i];
    return number + "10X98765432"[sum % 11];
}

}  // namespace santong::server::demo
