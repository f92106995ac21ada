#include <doctest/doctest.h>

#include <filesystem>

#include "classroom.hpp"
#include "modules/teaching/service_computer.hpp"
#include "modules/teaching/service_records.hpp"
#include "platform/files/content_store.hpp"

using namespace santong;
using test::Classroom;

namespace {

/// The room 302 of heba with its computer, and a file of the teacher's own.
class ComputerRoom : public Classroom {
public:
    ComputerRoom() : folder(new_folder()), contents(folder), files(db(), contents, clock) {
        auto const kept = files.keep(district(), {"第3课 提纲.txt", math().account, {}}, "底乘高");
        REQUIRE(kept.has_value());
        file = kept->id;
        own = made_resource("提纲", file);
        auto const program = files.keep(district(), {"第3课 数据.csv", math().account, {}}, "甲,乙\n");
        REQUIRE(program.has_value());
        not_opened = made_resource("数据", program->id);
    }
    ~ComputerRoom() { std::filesystem::remove_all(folder); }

    teaching::KnownComputer enrol(core::OrgId const& school, std::string const& room = "302") {
        auto const code =
            teaching::begin_enrolment(db(), district(), clock, {"TEACHER-PC", "Windows 6.1", "0.1.0"}, "10.0.0.7");
        REQUIRE(code.has_value());
        auto const who = caller(school == heba.id ? heba.technician : jinpen.technician);
        auto const approved = teaching::approve_computer(db(), who, clock, {code->code, school, room});
        REQUIRE(approved.has_value());
        auto const known = teaching::known_computer(db(), district(), code->secret);
        REQUIRE(known.has_value());
        return *known;
    }
    teaching::ContactAnswer contact(teaching::KnownComputer const& who) {
        auto const answer = teaching::contact(db(), who, clock, {"Windows 6.1", "0.1.0"});
        REQUIRE(answer.has_value());
        return *answer;
    }
    core::Result<teaching::OriginalOrder> tap(teaching::SessionId const& id, resources::ResourceId const& what) {
        return teaching::order_original(db(), files, math(), clock, id, {what});
    }
    auth::Caller technician() const { return caller(heba.technician); }

    std::string folder;
    files::LocalContentStore contents;
    files::Files files;
    core::FileId file;
    resources::ResourceId own, not_opened;

private:
    static std::string new_folder() {
        auto name = (std::filesystem::temp_directory_path() / "santong-computer-XXXXXX").string();
        return mkdtemp(name.data());
    }
    resources::ResourceId made_resource(char const* title, core::FileId const& of) {
        resources::Resource made;
        made.id = resources::ResourceId::make();
        made.title = title;
        made.subject = "14";
        made.owner_person = heba.teachers[0];
        made.school_id = heba.id;
        made.latest_version = 1;
        resources::Version version;
        version.resource_id = made.id;
        version.file_id = of;
        resources::BulkResources bulk;
        bulk.resources = {made};
        bulk.versions = {version};
        transact([&](sql::Tx& tx) { resources::write_bulk(tx, bulk); });
        return made.id;
    }
};

}  // namespace

TEST_CASE("a classroom computer shows a code once, and whoever looks after the school says in which room it stands") {
    ComputerRoom room;
    auto const code = teaching::begin_enrolment(room.db(), room.district(), room.clock, {"PC", "Linux", "0.1.0"}, "a");
    REQUIRE(code.has_value());
    CHECK(code->code.size() == 6);
    auto const state = [&] {
        return teaching::enrolment_state(room.db(), room.district(), room.clock, {code->secret});
    };
    CHECK_FALSE(state()->approved);
    CHECK(teaching::known_computer(room.db(), room.district(), code->secret).error().code ==
          core::ErrorCode::unauthenticated);
    auto const approve = [&](auth::Caller const& caller, std::string const& said, std::string const& where) {
        return teaching::approve_computer(room.db(), caller, room.clock, {said, room.heba.id, where});
    };
    CHECK(approve(room.caller(room.jinpen.technician), code->code, "302").error().code == core::ErrorCode::not_found);
    CHECK(approve(room.math(), code->code, "302").error().code == core::ErrorCode::not_found);
    CHECK(approve(room.technician(), "000000x", "302").error().code == core::ErrorCode::invalid);
    CHECK(approve(room.technician(), code->code, "  ").error().code == core::ErrorCode::invalid);
    auto const computer = approve(room.technician(), code->code, " 302 ");
    REQUIRE(computer.has_value());
    CHECK(computer->room == "302");
    CHECK(computer->name == "PC");
    CHECK(approve(room.technician(), code->code, "302").error().code == core::ErrorCode::invalid);
    CHECK(state()->approved);
    CHECK(state()->room == "302");
    CHECK(teaching::known_computer(room.db(), room.district(), code->secret)->id == computer->id);
}

TEST_CASE("a code that nobody approves is over after ten minutes") {
    ComputerRoom room;
    auto const code = teaching::begin_enrolment(room.db(), room.district(), room.clock, {"PC", "Linux", "0.1.0"}, "a");
    room.go_to(20, 10, 11);
    CHECK(teaching::enrolment_state(room.db(), room.district(), room.clock, {code->secret}).error().key ==
          "teaching.enrolment_over");
    CHECK(teaching::approve_computer(room.db(), room.technician(), room.clock, {code->code, room.heba.id, "302"})
              .error()
              .code == core::ErrorCode::invalid);
}

TEST_CASE("guessing codes is locked, and a code is not shown by too many computers at once") {
    ComputerRoom room;
    core::Result<teaching::RoomComputer> last = core::not_found("");
    for (int i = 0; i < 25; ++i) {
        last = teaching::approve_computer(room.db(), room.technician(), room.clock, {"nothing", room.heba.id, "302"});
    }
    CHECK(last.error().code == core::ErrorCode::rate_limited);
    core::Result<teaching::ComputerCode> code = core::not_found("");
    for (int i = 0; i < 201; ++i) {
        code = teaching::begin_enrolment(room.db(), room.district(), room.clock, {"PC", "Linux", "0.1.0"}, "one");
    }
    CHECK(code.error().key == "teaching.too_many_computers");
    CHECK(
        teaching::begin_enrolment(room.db(), room.district(), room.clock, {"PC", "Linux", "0.1.0"}, "two").has_value());
}

TEST_CASE("a computer of which nobody wants to know any more gets nothing") {
    ComputerRoom room;
    auto const known = room.enrol(room.heba.id);
    auto const page = [&](auth::Caller const& caller) {
        return teaching::school_computers(room.db(), caller, room.clock, room.heba.id);
    };
    REQUIRE(page(room.technician())->computers.size() == 1);
    CHECK_FALSE(page(room.technician())->rooms.empty());
    CHECK_FALSE(page(room.technician())->computers[0].silent);
    room.go_to(20, 10, 30);
    CHECK(page(room.technician())->computers[0].silent);
    CHECK(room.contact(known).room == "302");
    CHECK_FALSE(page(room.technician())->computers[0].silent);
    CHECK(page(room.caller(room.jinpen.technician)).error().code == core::ErrorCode::not_found);
    auto const revoke = [&](auth::Caller const& caller) {
        return teaching::revoke_computer(room.db(), caller, room.clock, known.id);
    };
    CHECK(revoke(room.caller(room.jinpen.technician)).error().code == core::ErrorCode::not_found);
    REQUIRE(revoke(room.technician()).has_value());
    CHECK(revoke(room.technician()).has_value());
    CHECK(page(room.technician())->computers.empty());
    CHECK(teaching::contact(room.db(), known, room.clock, {"", ""}).error().code == core::ErrorCode::unauthenticated);
    CHECK(teaching::original_file(room.db(), known, room.clock, room.own).error().code ==
          core::ErrorCode::unauthenticated);
}

TEST_CASE("a computer learns of the files of the lesson that runs in its room, and of no other") {
    ComputerRoom room;
    room.go_to(20, 10, 25);
    auto const known = room.enrol(room.heba.id);
    auto const beside = room.enrol(room.heba.id, "101");
    auto const elsewhere = room.enrol(room.jinpen.id, "302");
    CHECK(room.contact(known).lesson.empty());
    CHECK(room.contact(known).next_seconds == teaching::ask_else_seconds);
    auto const id = room.open().session.id;
    REQUIRE(room.tap(id, room.own).has_value());
    auto const answer = room.contact(known);
    CHECK(answer.next_seconds == teaching::ask_in_lesson_seconds);
    REQUIRE(answer.files.size() == 1);
    CHECK(answer.files[0].name == "第3课 提纲.txt");
    REQUIRE(answer.order.has_value());
    CHECK(answer.order->resource_id == room.own);
    CHECK(*teaching::original_file(room.db(), known, room.clock, room.own) == room.file);
    CHECK(teaching::original_file(room.db(), known, room.clock, room.not_opened).error().code ==
          core::ErrorCode::not_found);
    for (auto const& other : {beside, elsewhere}) {
        CHECK(room.contact(other).files.empty());
        CHECK_FALSE(room.contact(other).order.has_value());
        CHECK(teaching::original_file(room.db(), other, room.clock, room.own).error().code ==
              core::ErrorCode::not_found);
        CHECK(teaching::report_order(room.db(), other, room.clock, answer.order->order_id, {}).error().code ==
              core::ErrorCode::not_found);
    }
    REQUIRE(teaching::end_class(room.db(), room.math(), room.clock, id).has_value());
    CHECK(room.contact(known).files.empty());
    CHECK(teaching::original_file(room.db(), known, room.clock, room.own).error().code == core::ErrorCode::not_found);
}

TEST_CASE("a tap opens the original on the computer of the room, and what was opened is evidence") {
    ComputerRoom room;
    room.go_to(20, 10, 25);
    auto const known = room.enrol(room.heba.id);
    auto const id = room.open().session.id;
    auto const order = room.tap(id, room.own);
    REQUIRE(order.has_value());
    auto const state = [&](teaching::OrderId const& one) {
        return teaching::order_state(room.db(), room.math(), room.clock, id, one)->outcome;
    };
    CHECK(state(order->id) == teaching::OrderOutcome::waiting);
    using enum teaching::OrderOutcome;
    REQUIRE(teaching::report_order(room.db(), known, room.clock, order->id, {opened}).has_value());
    REQUIRE(teaching::report_order(room.db(), known, room.clock, order->id, {no_program}).has_value());
    CHECK(state(order->id) == opened);
    CHECK(room.stored(id).resource_count == 1);
    CHECK_FALSE(room.contact(known).order.has_value());
    // a second tap that nobody answers is said to be lost
    auto const lost = room.tap(id, room.own);
    REQUIRE(room.contact(known).order.has_value());
    room.clock.set(room.clock.now().plus_seconds(teaching::order_seconds + 1));
    CHECK(state(lost->id) == silent);
    CHECK_FALSE(room.contact(known).order.has_value());
    CHECK(teaching::order_state(room.db(), room.chinese(), room.clock, id, lost->id).error().key ==
          "teaching.not_your_class");
}

TEST_CASE("what cannot be opened is said before it is tried") {
    ComputerRoom room;
    room.go_to(20, 10, 25);
    auto const id = room.open().session.id;
    CHECK(room.tap(id, room.own).error().key == "teaching.no_computer_in_room");
    auto const offer = [&] { return teaching::offer_originals(room.db(), room.files, room.math(), room.clock, id); };
    CHECK_FALSE(offer()->has_computer);
    CHECK(offer()->room == room.stored(id).room);
    room.show(id, room.own);
    CHECK(offer()->resources == std::vector{room.own});  // the screen can say what is missing to open it
    room.enrol(room.heba.id);
    CHECK(offer()->has_computer);
    CHECK(room.tap(id, room.reviewed).error().key == "teaching.no_original");
    CHECK(room.tap(id, room.not_opened).error().key == "teaching.no_original");
    CHECK(room.tap(id, room.elsewhere).error().key == "teaching.no_original");
    CHECK(offer()->resources == std::vector{room.own});
    CHECK(teaching::offer_originals(room.db(), room.files, room.chinese(), room.clock, id).error().key ==
          "teaching.not_your_class");
    room.go_to(20, 10, 40);
    CHECK(offer()->silent);
    CHECK(room.tap(id, room.own).error().key == "teaching.computer_silent");
}

TEST_CASE("a lesson's file is a program for no computer") {
    for (char const* const name : {"a.pptx", "第1课.PPT", "b.mp4", "c.pdf"}) CHECK(teaching::opens_on_computer(name));
    for (char const* const name : {"a.exe", "a.pptx.bat", "html", ".ppt", "a.html", "a.lnk", "a.csv"}) {
        CHECK_FALSE(teaching::opens_on_computer(name));
    }
}
