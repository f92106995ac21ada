#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

#include "helper/bands.hpp"
#include "helper/journal.hpp"
#include "helper/kept_file.hpp"
#include "helper/line.hpp"
#include "helper/material.hpp"
#include "helper/messages.hpp"
#include "helper/originals.hpp"

using namespace santong::helper;
namespace fs = std::filesystem;

namespace {

constexpr std::int64_t noon = 1416456000000;  // a whole band

class Folder {
public:
    Folder() {
        auto name = (fs::temp_directory_path() / "santong-helper-XXXXXX").string();
        path = mkdtemp(name.data());
    }
    ~Folder() {
        for (auto const& one : fs::recursive_directory_iterator(path)) {
            fs::permissions(one.path(), fs::perms::owner_all, fs::perm_options::add);
        }
        fs::remove_all(path);
    }
    fs::path path;
};

Band band(int number, int minutes = 3) {
    return {noon + number * band_ms, {{Material::slides, minutes}}};
}

std::size_t waiting(fs::path const& file) {
    return read_journal(file).waiting.size();
}

/// The SHA-256 of "abc".
Original abc() {
    return {"r", "第3课 面积.pptx", 3, "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"};
}

Fetch answering(std::string const& bytes, std::vector<std::int64_t>& asked_from) {
    return [&bytes, &asked_from](Original const&, std::int64_t from, auto const& sink) {
        asked_from.push_back(from);
        return sink(std::string_view(bytes).substr(static_cast<std::size_t>(from)));
    };
}

}  // namespace

TEST_CASE("the kind of material follows from the program, and in programs for everything from the extension") {
    CHECK(material_of({"POWERPNT.EXE", "家长信.docx"}) == Material::slides);
    CHECK(material_of({"C:\\Program Files\\WPS\\wps.exe", "第3课.pptx - WPS Office"}) == Material::slides);
    CHECK(material_of({"wps.exe", "教案.docx - WPS Office"}) == Material::document);
    CHECK(material_of({"soffice.bin", "表.ods - LibreOffice Calc"}) == Material::document);
    CHECK(material_of({"EasiNote5.exe", ""}) == Material::board);
    CHECK(material_of({"chrome", "张老师的邮箱"}) == Material::browser);
    CHECK(material_of({"explorer.exe", "D:\\"}) == Material::none);
    CHECK(material_of({"", "锁屏"}) == Material::none);
    CHECK(material_of({"WeChat.exe", "成绩.xlsx"}) == Material::other);
    CHECK(extension_in("v1.2 复习.PPTX - 已修改") == "pptx");
    CHECK(extension_in("三年级.重点") == "");
}

TEST_CASE("only material is opened, under a name without a way out of its folder") {
    CHECK(safe_name("第3课 面积.pptx") == "第3课 面积.pptx");
    CHECK(safe_name("../../etc/第3课.ppt") == "_.._etc_第3课.ppt");
    CHECK(safe_name("-rf.ppt") == "rf.ppt");
    for (char const* const name :
         {"游戏.exe", "宏.bat", "页.html", "快捷方式.lnk", "课件.pptx.exe", "无", ".ppt", "a.vbs"}) {
        CHECK(safe_name(name).empty());
    }
    std::string const longest = safe_name(std::string(300, 'a') + ".ppt");
    CHECK(longest.size() <= 120);
    CHECK(longest.ends_with(".ppt"));
}

TEST_CASE("a band has whole minutes of each kind, five at most, and says nothing of time without material") {
    BandCounter counter;
    for (int i = 0; i < 36; ++i) CHECK_FALSE(counter.add(noon + i * 5000, Material::slides, 5));
    for (int i = 36; i < 48; ++i) counter.add(noon + i * 5000, Material::browser, 5);
    for (int i = 48; i < 60; ++i) counter.add(noon + i * 5000, Material::none, 5);
    auto const ended = counter.add(noon + band_ms, Material::slides, 5);
    REQUIRE(ended);
    CHECK(*ended == Band{noon, {{Material::slides, 3}, {Material::browser, 1}}});
    // a clock that is set back counts nothing twice
    CHECK_FALSE(counter.add(noon, Material::slides, 5));
    OpenBand full{noon, {}};
    full.seconds.fill(100);
    int sum = 0;
    for (auto const& one : full.closed().minutes) sum += one.minutes;
    CHECK(sum == 5);
}

TEST_CASE("what was counted of a band goes on after a crash, and a broken file is nothing") {
    Folder folder;
    OpenBand open{noon, {}};
    open.seconds[0] = 125;
    keep_open_band(folder.path / "now.txt", open);
    BandCounter counter(kept_open_band(folder.path / "now.txt"));
    for (int i = 0; i < 11; ++i) counter.add(noon + 130'000, Material::slides, 5);
    CHECK(counter.open().closed().minutes == std::vector<Minutes>{{Material::slides, 3}});
    replace_file(folder.path / "now.txt", "1416456000000 12 seven");
    CHECK(kept_open_band(folder.path / "now.txt").start == 0);
    CHECK(kept_open_band(folder.path / "none").start == 0);
}

TEST_CASE("bands wait in the journal until the server has them, and none is there twice") {
    Folder folder;
    auto const file = folder.path / "use.log";
    {
        Journal journal(file);
        journal.add(band(0));
        journal.add(band(1));
        journal.add(band(1, 5));
        journal.add(band(0, 5));
        CHECK(journal.waiting(10) == std::vector<Band>{band(0), band(1)});
        CHECK(journal.waiting(1).size() == 1);
        journal.sent({band(0).start, 12345});
    }
    Journal again(file);
    CHECK(again.waiting(10) == std::vector<Band>{band(1)});
    again.add(band(0));
    again.sent({band(1).start});
    CHECK(waiting(file) == 0);
    CHECK(read_journal(file).sent.size() == 2);
    CHECK(read_journal(file).last == band(1).start);
}

TEST_CASE("a journal that a crash has cut anywhere loses that line and no other") {
    Folder folder;
    auto const file = folder.path / "use.log";
    {
        Journal journal(file);
        for (int i = 0; i < 4; ++i) journal.add(band(i));
    }
    auto const whole = read_file(file);
    for (std::size_t cut = 0; cut < whole.size(); ++cut) {
        std::ofstream(file, std::ios::binary) << whole.substr(0, cut);
        auto const before = waiting(file);
        Journal journal(file);
        journal.add(band(9));
        CHECK(waiting(file) == before + 1);
    }
}

TEST_CASE("a journal keeps thirty days at most and forgets what was sent long ago") {
    Folder folder;
    auto const file = folder.path / "use.log";
    std::vector<Band> many;
    {
        Journal journal(file);
        for (int i = 0; i < 700; ++i) journal.add(band(i));
        many = journal.waiting(690);
        std::vector<std::int64_t> starts;
        for (auto const& one : many) starts.push_back(one.start);
        journal.sent(starts);
    }
    CHECK(waiting(file) == 10);
    Journal again(file);
    CHECK(read_journal(file).sent.size() == Journal::most_kept);
    CHECK(again.waiting(20).front() == band(690));
}

TEST_CASE("a file of the lesson is fetched once, goes on where it was cut, and is whole or not there") {
    Folder folder;
    Originals originals(folder.path, 1000);
    std::vector<std::int64_t> asked;
    std::string const right = "abc";
    CHECK_FALSE(originals.fetch(abc(), [](Original const&, std::int64_t, auto const& sink) {
        sink("ab");
        return false;
    }));
    CHECK_FALSE(originals.find(abc()));
    REQUIRE(originals.fetch(abc(), answering(right, asked)));
    CHECK(asked == std::vector<std::int64_t>{2});
    auto const place = originals.find(abc());
    REQUIRE(place);
    CHECK(place->filename() == "第3课 面积.pptx");
    CHECK((fs::status(*place).permissions() & fs::perms::owner_write) == fs::perms::none);
    CHECK(originals.fetch(abc(), answering(right, asked)));
    CHECK(asked.size() == 1);
    fs::permissions(*place, fs::perms::owner_write, fs::perm_options::add);
    std::ofstream(*place) << "abX";
    CHECK_FALSE(originals.find(abc()));
    std::string const wrong = "xyz";
    CHECK_FALSE(originals.fetch(abc(), answering(wrong, asked)));
    std::string const longer = "abcd";
    CHECK_FALSE(originals.fetch(abc(), answering(longer, asked)));
    CHECK(originals.fetch(abc(), answering(right, asked)));
}

TEST_CASE("a name or a digest that is none is not fetched") {
    Folder folder;
    Originals originals(folder.path, 1000);
    std::vector<std::int64_t> asked;
    std::string const right = "abc";
    auto wanted = abc();
    wanted.name = "游戏.exe";
    CHECK_FALSE(originals.fetch(wanted, answering(right, asked)));
    wanted = abc();
    wanted.sha256 = "../../somewhere";
    CHECK_FALSE(originals.fetch(wanted, answering(right, asked)));
    wanted = abc();
    wanted.size = 5000;
    CHECK_FALSE(originals.fetch(wanted, answering(right, asked)));
    CHECK(asked.empty());
}

TEST_CASE("the folder of originals stays within its bounds, and the lesson's own files stay in it") {
    Folder folder;
    std::vector<std::int64_t> asked;
    std::string const right = "abc";
    REQUIRE(Originals(folder.path, 1000).fetch(abc(), answering(right, asked)));
    Originals const small(folder.path, 2);
    small.bound({abc()});
    CHECK(small.find(abc()));
    small.bound({});
    CHECK_FALSE(small.find(abc()));
}

TEST_CASE("the school's server is reached by https, and without it on this very machine only") {
    CHECK(site_of("https://school.example")->port == 443);
    CHECK(site_of("https://school.example:8443/")->origin() == "https://school.example:8443");
    CHECK(site_of("http://127.0.0.1:8080")->tls == false);
    for (char const* const bad : {"http://school.example", "school.example", "https://", "https://a b", "https://a:0",
                                  "https://a:70000", "ftp://a", "https://a/path"}) {
        CHECK_FALSE(site_of(bad));
    }
}

TEST_CASE("what the server says is read, and what is not its word is refused") {
    auto const contact = read_contact(
        R"({"now":1416456000000,"next_seconds":2,"school":"一小","room":"302","lesson":"五(1)班","files":[)"
        R"({"resource_id":"r","name":"a.ppt","size":3,"sha256":"00"}],"order":{"order_id":"o","resource_id":"r"}})");
    REQUIRE(contact);
    CHECK(contact->files.at(0).name == "a.ppt");
    CHECK(contact->order->order_id == "o");
    CHECK(read_contact(write(*contact))->files.size() == 1);
    CHECK_FALSE(read_contact("{}"));
    CHECK_FALSE(read_contact("<html>"));
    CHECK_FALSE(read_contact(""));
    CHECK(read_received(R"({"received":[1,2]})")->size() == 2);
    CHECK_FALSE(read_received(R"({"error":"x"})"));
    CHECK(use_report({band(0)}) == R"({"bands":[{"start":1416456000000,"minutes":[{"kind":"slides","minutes":3}]}]})");
    auto const pairing = read_pairing(write(Pairing{"https://a:443", "", "t", "一小", "302"}));
    CHECK(pairing->room == "302");
    CHECK_FALSE(read_pairing("{}"));
}
