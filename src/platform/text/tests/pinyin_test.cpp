#include "platform/text/pinyin.hpp"

#include <doctest/doctest.h>

#include <algorithm>
#include <vector>

using namespace santong;

TEST_CASE("names are found by their pinyin and its initials") {
    CHECK(text::pinyin_of_name("张三") == text::Pinyin{"zhangsan", "zs", "zhang san"});
    CHECK(text::pinyin_of_name("吕小绿") == text::Pinyin{"lvxiaolv", "lxl", "lv xiao lv"});
    CHECK(text::pinyin_of_name("阿依古丽·买买提").initials == "ayglmmt");
    CHECK(text::pinyin_of_name("Anna 王") == text::Pinyin{"annawang", "aw", "anna wang"});
    CHECK(text::pinyin_of_text("大通湖区第一中学").initials == "dthqdyzx");
    CHECK(text::pinyin_of_name("") == text::Pinyin{});
}

TEST_CASE("surnames are read as surnames") {
    CHECK(text::pinyin_of_name("单雄信").full == "shanxiongxin");
    CHECK(text::pinyin_of_name("解晓东").full == "xiexiaodong");
    CHECK(text::pinyin_of_name("仇和").full == "qiuhe");
    CHECK(text::pinyin_of_name("查良镛").full == "zhaliangyong");
    CHECK(text::pinyin_of_name("区伯").initials == "ob");
    CHECK(text::pinyin_of_name("曾国").full == "zengguo");
    CHECK(text::pinyin_of_name("尉迟恭") == text::Pinyin{"yuchigong", "ycg", "yuchi gong"});
    CHECK(text::pinyin_of_name("万俟卨").initials.starts_with("mq"));
    CHECK(text::pinyin_of_text("单位").full == "danwei");
}

TEST_CASE("names stand in the order of their surnames' syllable, then syllable by syllable") {
    std::vector<std::string> names{"刘鹏子", "李雪兰", "汤明", "孙安", "刘斌刚",
                                   "谭安",   "李俊刚", "苏子", "Li",   "李阿"};
    std::ranges::sort(names, {}, [](auto const& name) { return text::pinyin_of_name(name).syllables; });
    CHECK(names == std::vector<std::string>{"Li", "李阿", "李俊刚", "李雪兰", "刘斌刚", "刘鹏子", "苏子", "孙安",
                                            "谭安", "汤明"});
}
