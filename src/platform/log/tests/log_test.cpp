#include "platform/log/log.hpp"

#include <doctest/doctest.h>

#include <boost/json.hpp>
#include <filesystem>
#include <fstream>

using namespace santong;

TEST_CASE("what a caller sends cannot end a line of the log or forge another") {
    auto const file = (std::filesystem::temp_directory_path() / ("santong-log-" + core::Uuid::make().text())).string();
    log::start(log::Level::info, file);
    log::debug("not this one");
    log::warning("hello\n{\"level\":\"error\"}",
                 {{"name", "a\"b\r\n\x1b[31m\tc"}, {"count", 3}, {"share", 0.5}, {"fine", true}});
    log::flush();
    log::start(log::Level::info);
    std::ifstream in(file);
    std::string line, more;
    REQUIRE(std::getline(in, line));
    CHECK_FALSE(std::getline(in, more));
    auto const parsed = boost::json::parse(line);
    CHECK(parsed.at("level").as_string() == "warning");
    CHECK(parsed.at("msg").as_string() == "hello\n{\"level\":\"error\"}");
    CHECK(parsed.at("name").as_string() == "a\"b\r\n\x1b[31m\tc");
    CHECK(parsed.at("count").as_int64() == 3);
    CHECK(parsed.at("share").as_double() == 0.5);
    CHECK(parsed.at("fine").as_bool());
    CHECK(std::string(parsed.at("at").as_string()).ends_with("Z"));
    CHECK(line.find('\x1b') == std::string::npos);
    std::filesystem::remove(file);
}
