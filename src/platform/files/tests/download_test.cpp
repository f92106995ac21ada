#include "files_world.hpp"

using namespace santong::test;
namespace core = santong::core;
namespace files = santong::files;
using santong::http::Method;

namespace {

/// A shelf that one account may look at.
class Shelf final : public files::FileAccess {
public:
    explicit Shelf(core::AccountId reader) : reader_(reader) {}
    std::string holder_type() const override { return "test.Shelf"; }
    bool may_read(santong::sql::Tx&, santong::auth::Caller const& caller, files::FileReference const& held) override {
        return held.holder_id == "open" && caller.account == reader_;
    }

private:
    core::AccountId reader_;
};

std::string path(core::FileId const& id, char const* more = "") {
    return "/api/v1/files/" + id.text() + more;
}

void hold(FilesWorld& world, core::FileId const& id, std::string const& type, std::string const& key) {
    world.database->transact(district, [&](santong::sql::Tx& tx) { (void)world.kept.hold(tx, id, type, key); });
}

std::string json_text(std::string const& body, std::string const& name) {
    auto const mark = "\"" + name + "\":\"";
    auto const from = body.find(mark) + mark.size();
    return body.substr(from, body.find('"', from) - from);
}

}  // namespace

TEST_CASE("a file is its maker's alone until a holder lets others read it") {
    FilesWorld world;
    world.kept.register_access(std::make_unique<Shelf>(world.stranger.account));
    auto const id = world.uploaded(world.teacher, "a.pdf", pdf);
    CHECK(world.call(world.teacher, Method::get, path(id)).status == 200);
    CHECK(world.call(world.stranger, Method::get, path(id)).status == 404);
    CHECK(world.call(world.nobody, Method::get, path(id)).status == 401);
    hold(world, id, "test.Shelf", "closed");
    hold(world, id, "test.Unknown", "open");
    CHECK(world.call(world.stranger, Method::get, path(id)).status == 404);
    hold(world, id, "test.Shelf", "open");
    CHECK(world.call(world.stranger, Method::get, path(id)).status == 200);
    auto elsewhere = world.stranger;
    elsewhere.district = 110101;
    CHECK(world.call(elsewhere, Method::get, path(id)).status == 404);
    world.database->transact(district, [&](santong::sql::Tx& tx) { world.kept.release(tx, id, "test.Shelf", "open"); });
    CHECK(world.call(world.stranger, Method::get, path(id)).status == 404);
}

TEST_CASE("only who uploaded a file may take it into use") {
    FilesWorld world;
    auto const id = world.uploaded(world.teacher, "a.pdf", pdf);
    world.database->read(district, [&](santong::sql::Tx& tx) {
        CHECK(world.kept.own(tx, world.teacher, id).has_value());
        CHECK(world.kept.own(tx, world.stranger, id).error().key == "files.not_found");
        CHECK(world.kept.own(tx, world.nobody, id).error().key == "files.not_found");
        CHECK(world.kept.hold(tx, core::FileId::make(), "x", "y").error().key == "files.not_found");
    });
}

TEST_CASE("what is safe opens in place, everything else is saved, all of it in a sandbox") {
    FilesWorld world;
    auto const shown = world.call(world.teacher, Method::get, path(world.uploaded(world.teacher, "诗.pdf", pdf)));
    CHECK(world.value(shown, "Content-Disposition").starts_with("inline; "));
    CHECK(world.value(shown, "Content-Security-Policy").starts_with("sandbox;"));
    CHECK(world.value(shown, "X-Content-Type-Options") == "nosniff");
    CHECK(shown.etag.size() == 66);
    CHECK(world.bytes_of(shown.file) == pdf);
    for (auto const& [name, bytes] : {std::pair{"a.html", "<html><script>1</script>"},
                                      std::pair{"a.svg", "<svg onload='alert(1)'/>"}, std::pair{"a.txt", "text"}}) {
        auto const saved = world.call(world.teacher, Method::get, path(world.uploaded(world.teacher, name, bytes)));
        CHECK(world.value(saved, "Content-Disposition").starts_with("attachment; "));
        CHECK(world.value(saved, "Content-Security-Policy").starts_with("sandbox;"));
    }
    auto const wish = path(world.uploaded(world.teacher, "b.pdf", pdf)) + "?save=1";
    CHECK(world.value(world.call(world.teacher, Method::get, wish), "Content-Disposition").starts_with("attachment"));
}

TEST_CASE("a signed address works in its session, for its file, for minutes") {
    FilesWorld world;
    auto const id = world.uploaded(world.teacher, "静夜思 \"一\".pdf", pdf);
    auto const about = world.call(world.teacher, Method::get, path(id, "/about"));
    REQUIRE(about.status == 200);
    auto const url = json_text(about.body, "url");
    CHECK(world.call(world.teacher, Method::get, url).status == 200);
    CHECK(world.call(world.stranger, Method::get, url).status == 404);
    CHECK(world.call(world.nobody, Method::get, url).status == 401);
    auto other_session = world.teacher;
    other_session.session_key = "opened after the first one was ended";
    CHECK(world.call(other_session, Method::get, url).status == 404);
    auto altered = url;
    altered[5] = altered[5] == 'A' ? 'B' : 'A';
    CHECK(world.call(world.teacher, Method::get, altered).status == 404);
    CHECK(world.call(world.teacher, Method::get, "/f/x/y").status == 404);
    world.clock.set(world.clock.now().plus_seconds(601));
    CHECK(code_of(world.call(world.teacher, Method::get, url)) == "files.address_expired");
    CHECK(world.call(world.stranger, Method::get, path(id, "/about")).status == 404);
}

TEST_CASE("a thumbnail is read by whoever may read its source") {
    FilesWorld world;
    world.kept.register_access(std::make_unique<Shelf>(world.stranger.account));
    auto const source = world.uploaded(world.teacher, "a.pdf", pdf);
    auto const small = world.kept.keep(district, {"a.png", core::AccountId::make(), {}}, png).value();
    CHECK(world.call(world.stranger, Method::get, path(small.id)).status == 404);
    world.database->transact(district, [&](santong::sql::Tx& tx) {
        world.kept.set_derived(tx, source, "thumbnail", small.id);
        CHECK(world.kept.derived(tx, source, "thumbnail") == small.id);
        CHECK_FALSE(world.kept.derived(tx, source, "preview"));
    });
    CHECK(world.call(world.stranger, Method::get, path(small.id)).status == 404);
    hold(world, source, "test.Shelf", "open");
    CHECK(world.call(world.stranger, Method::get, path(small.id)).status == 200);
}

TEST_CASE("what the program keeps is judged as an upload is") {
    FilesWorld world;
    auto const maker = world.teacher.account;
    CHECK(world.kept.keep(district, {"a.pdf", maker, {}}, png).error().key == "files.name_disagrees");
    CHECK(world.kept.keep(district, {"a.pdf", maker, {}}, "").error().key == "files.empty");
    CHECK(world.kept.keep_file(district, {"a.pdf", maker, {}}, world.scratch(pdf)).value().size ==
          static_cast<std::int64_t>(pdf.size()));
}
