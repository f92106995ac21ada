#include <doctest/doctest.h>

#include <atomic>

#include "platform/feed/feed.hpp"
#include "platform/http/answer_cache.hpp"
#include "site.hpp"
#include "test_database.hpp"

using namespace santong;
using namespace santong::http::test;
using http::Access;
using http::Call;

namespace {

/// Two callers; the header says which. GET /list counts how often it was made.
core::Result<http::Identity> authenticate(Call& call) {
    static auto const one = core::AccountId::make();
    static auto const other = core::AccountId::make();
    call.caller.district = santong::test::district;
    call.caller.account = call.header("authorization") == "other" ? other : one;
    if (call.header("authorization") == "promoted")
        call.caller.grants = {{auth::Role::leader, core::OrgId::make(), ""}};
    return http::Identity{};
}

struct ListSite : Site {
    explicit ListSite(sql::Database& database) : db(database), answers(db) {
        options.answers = &answers;
        router
            .list<Note, Note>("/list", Access::signed_in(),
                              [this](Call const&, Note const& asked) -> core::Result<Note> {
                                  if (asked.text == "refuse") return core::conflict("notes.full");
                                  return Note{asked.text, ++made};
                              })
            .kept_until_changed({"test.Note", "test.Page"});
    }
    void change(char const* type) {
        db.transact(santong::test::district, [&](sql::Tx& tx) { feed::remove(tx, {type, "1", {}}); });
    }
    sql::Database& db;
    http::AnswerCache answers;
    int made = 0;
};

}  // namespace

TEST_CASE("a list is made once until the feed moves past what it was made of") {
    santong::test::TestDatabase database;
    ListSite site(*database);
    auto client = site.start(authenticate);
    CHECK(client.get("/list?text=a").text("/stars") == "1");
    CHECK(client.get("/list?text=a").text("/stars") == "1");
    site.change("test.Other");
    CHECK(client.get("/list?text=a").text("/stars") == "1");
    site.change("test.Page");
    CHECK(client.get("/list?text=a").text("/stars") == "2");
    site.change("test.Note");
    CHECK(client.get("/list?text=a").text("/stars") == "3");
    site.answers.forget_old();  // it is young
    CHECK(client.get("/list?text=a").text("/stars") == "3");
}

TEST_CASE("a kept list is given to nobody else, in no other language and to no other question") {
    santong::test::TestDatabase database;
    ListSite site(*database);
    auto client = site.start(authenticate);
    client.get("/list?text=a");
    CHECK(client.get("/list?text=b").text("/stars") == "2");
    CHECK(client.get("/list?text=a", {{"Authorization", "other"}}).text("/stars") == "3");
    CHECK(client.get("/list?text=a", {{"Authorization", "promoted"}}).text("/stars") == "4");
    CHECK(client.get("/list?text=a", {{"Accept-Language", "en"}}).text("/stars") == "5");
    CHECK(client.get("/list?text=a").text("/stars") == "1");
}

TEST_CASE("a kept answer needs no worker while this process writes nothing, and is made again when it does") {
    santong::test::TestDatabase database;
    ListSite site(*database);
    std::atomic<int> looked{0};
    site.options.recall = [](Call& call) -> std::optional<http::Identity> { return *authenticate(call); };
    auto client = site.start([&](Call& call) {
        ++looked;
        return authenticate(call);
    });
    std::string const long_text(2'000, 'x');
    auto const first = client.get("/list?text=" + long_text);
    CHECK(looked == 1);
    CHECK(client.get("/list?text=" + long_text).body == first.body);
    auto const squeezed = client.get("/list?text=" + long_text, {{"Accept-Encoding", "gzip"}});
    CHECK(looked == 1);
    CHECK(squeezed.header("content-encoding") == "gzip");
    CHECK(squeezed.body.size() < first.body.size());
    site.change("test.Note");
    CHECK(client.get("/list?text=" + long_text).text("/stars") == "2");
    CHECK(looked == 2);
}

TEST_CASE("an answer is squeezed once, for the first reader as for those after him") {
    santong::test::TestDatabase database;
    ListSite site(*database);
    auto client = site.start(authenticate);
    std::string const wish = "/list?text=" + std::string(2'000, 'x');
    auto const made = client.get(wish, {{"Accept-Encoding", "gzip"}});
    CHECK(made.header("content-encoding") == "gzip");
    CHECK(made.header("vary") == "Accept-Encoding");
    CHECK(client.get(wish, {{"Accept-Encoding", "gzip"}}).body == made.body);
    auto const plain = client.get(wish);
    CHECK(plain.header("content-encoding").empty());
    CHECK(plain.body.size() > made.body.size());
    CHECK(site.made == 1);
}

TEST_CASE("who is not known from a moment ago, or may not, is not given a kept answer") {
    santong::test::TestDatabase database;
    ListSite site(*database);
    site.options.recall = [](Call& call) -> std::optional<http::Identity> {
        if (call.header("authorization") == "other") return std::nullopt;
        return *authenticate(call);
    };
    auto client = site.start([&](Call& call) -> core::Result<http::Identity> {
        if (call.header("authorization") == "other") return core::unauthenticated("auth.session_ended");
        return authenticate(call);
    });
    CHECK(client.get("/list?text=a").status == 200);
    CHECK(client.get("/list?text=a", {{"Authorization", "other"}}).status == 401);
}

TEST_CASE("a refusal is not kept") {
    santong::test::TestDatabase database;
    ListSite site(*database);
    auto client = site.start(authenticate);
    CHECK(client.get("/list?text=refuse").status == 409);
    CHECK(client.get("/list?text=refuse").status == 409);
    CHECK(site.made == 0);
}
