#include "files_world.hpp"
#include "platform/files/storage_error.hpp"

using namespace santong::test;
namespace core = santong::core;
namespace files = santong::files;
namespace http = santong::http;
using http::Method;

TEST_CASE("the upload server says what it can do") {
    FilesWorld world;
    auto const answer = world.call(world.nobody, Method::options, "/api/v1/uploads");
    CHECK(answer.status == 204);
    CHECK(world.value(answer, "Tus-Version") == "1.0.0");
    CHECK(world.value(answer, "Tus-Extension") == "creation,creation-with-upload,termination,expiration,checksum");
    CHECK(world.value(answer, "Tus-Max-Size") == "1048576");
}

TEST_CASE("an upload in pieces becomes the file") {
    FilesWorld world;
    auto const begun = world.begin(world.teacher, static_cast<std::int64_t>(pdf.size()), "教案 \"一\"😀.pdf");
    CHECK(begun.status == 201);
    auto const address = world.value(begun, "Location");
    auto const first = world.patch(world.teacher, address, 0, pdf.substr(0, 10));
    CHECK(first.status == 204);
    CHECK(world.value(first, "Upload-Offset") == "10");
    CHECK(world.value(first, "Upload-Expires").ends_with(" GMT"));
    CHECK(world.value(world.head(world.teacher, address), "Upload-Offset") == "10");
    auto const last = world.patch(world.teacher, address, 10, pdf.substr(10));
    auto const id = core::FileId::parse(world.value(last, "Santong-File-Id")).value();
    auto const file = world.kept.find(district, id).value();
    CHECK(file.name == "教案 \"一\"😀.pdf");
    CHECK(file.media_type == "application/pdf");
    CHECK(world.bytes_of(world.kept.open(file)) == pdf);
    CHECK_FALSE(fs::exists(world.part_of(address)));
    CHECK(world.value(world.head(world.teacher, address), "Santong-File-Id") == id.text());
}

TEST_CASE("the first bytes may come with the creation") {
    FilesWorld world;
    auto const answer = world.call(world.teacher, Method::post, "/api/v1/uploads",
                                   world.tus({{"upload-length", std::to_string(png.size())},
                                              {"content-type", "application/offset+octet-stream"},
                                              {"upload-metadata", "a b,filename " + core::base64("image")}}),
                                   png);
    CHECK(answer.status == 201);
    auto const id = core::FileId::parse(world.value(answer, "Santong-File-Id")).value();
    CHECK(world.kept.find(district, id)->name == "image.png");
}

TEST_CASE("a piece at a wrong place, too long, or of another type changes nothing") {
    FilesWorld world;
    auto const address = world.value(world.begin(world.teacher, 20, "a.txt"), "Location");
    CHECK(world.patch(world.teacher, address, 5, "xxxxx").status == 409);
    CHECK(world.patch(world.teacher, address, 0, std::string(21, 'x')).status == 413);
    CHECK(world.patch(world.teacher, address, 0, "x", {{"content-type", "text/plain"}}).status == 415);
    CHECK(world.patch(world.teacher, address, 0, "x", {{"upload-offset", "-1"}}).status == 400);
    CHECK(world.value(world.head(world.teacher, address), "Upload-Offset") == "0");
    CHECK(world.patch(world.teacher, address, 0, std::string(20, 'x')).status == 204);
    CHECK(code_of(world.patch(world.teacher, address, 20, "")) == "files.upload_closed");
}

TEST_CASE("a damaged piece is refused and may be sent again") {
    FilesWorld world;
    auto const address = world.value(world.begin(world.teacher, 5, "a.txt"), "Location");
    auto const promise = [](std::string_view bytes) {
        files::disk::Sha256 sha;
        sha.add(bytes);
        return "sha256 " + core::base64(sha.digest());
    };
    CHECK(world.patch(world.teacher, address, 0, "hallo", {{"upload-checksum", promise("hello")}}).status == 460);
    CHECK(world.patch(world.teacher, address, 0, "hello", {{"upload-checksum", "md5 abc="}}).status == 400);
    CHECK(world.patch(world.teacher, address, 0, "hello", {{"upload-checksum", promise("hello")}}).status == 204);
}

TEST_CASE("another version of the protocol is told which one is spoken") {
    FilesWorld world;
    auto const answer = world.call(world.teacher, Method::post, "/api/v1/uploads", {{"tus-resumable", "0.2.2"}});
    CHECK(answer.status == 412);
    CHECK(world.value(answer, "Tus-Version") == "1.0.0");
}

TEST_CASE("an upload goes on after the process died, from what was acknowledged and is on disk") {
    FilesWorld world;
    auto const address = world.value(world.begin(world.teacher, 10, "a.txt"), "Location");
    CHECK(world.patch(world.teacher, address, 0, "abcd").status == 204);
    std::ofstream(world.part_of(address), std::ios::app) << "unacknowledged";
    CHECK(world.value(world.head(world.teacher, address), "Upload-Offset") == "4");
    auto const last = world.patch(world.teacher, address, 4, "efghij");
    auto const id = core::FileId::parse(world.value(last, "Santong-File-Id")).value();
    CHECK(world.bytes_of(world.kept.open(world.kept.find(district, id).value())) == "abcdefghij");
}

TEST_CASE("a part that the disk lost is asked for again") {
    FilesWorld world;
    auto const address = world.value(world.begin(world.teacher, 10, "a.txt"), "Location");
    CHECK(world.patch(world.teacher, address, 0, "abcdef").status == 204);
    fs::resize_file(world.part_of(address), 2);
    CHECK(world.value(world.head(world.teacher, address), "Upload-Offset") == "2");
    CHECK(world.patch(world.teacher, address, 2, "cdefghij").status == 204);
}

TEST_CASE("an upload whose process died before the last answer is finished when asked again") {
    FilesWorld world;
    auto const address = world.value(world.begin(world.teacher, 4, "a.txt"), "Location");
    std::ofstream(world.part_of(address)) << "abcd";
    auto const id = files::UploadId::parse(address.substr(address.rfind('/') + 1)).value();
    world.database->transact(district, [&](santong::sql::Tx& tx) {
        auto const upload = files::store::find_upload(tx, id).value();
        files::store::advance_upload(tx, upload, 4, upload.expires_at);
    });
    auto const answer = world.head(world.teacher, address);
    CHECK(world.value(answer, "Upload-Offset") == "4");
    CHECK(core::FileId::parse(world.value(answer, "Santong-File-Id")));
}

TEST_CASE("sizes at the limit pass and one byte more does not") {
    FilesWorld world;
    auto const most = world.uploads.limits().largest_file;
    CHECK(world.begin(world.teacher, most + 1, "a.txt").status == 413);
    CHECK(world.begin(world.teacher, most + 1, "a.txt").body.find("1 MB") != std::string::npos);
    CHECK(world.upload(world.teacher, "a.txt", std::string(static_cast<std::size_t>(most), 'x')).status == 204);
    CHECK(code_of(world.begin(world.teacher, 0, "a.txt")) == "files.empty");
    CHECK(code_of(world.begin(world.teacher, -1, "a.txt")) == "files.bad_length");
}

TEST_CASE("an account's quota counts its files and its uploads under way, and nobody else's") {
    FilesWorld world;
    std::int64_t const megabyte = 1 << 20;
    for (int i = 0; i < 2; ++i) CHECK(world.begin(world.teacher, megabyte, "a.txt").status == 201);
    CHECK(world.upload(world.teacher, "a.txt", std::string(megabyte - 100, 'x')).status == 204);
    CHECK(code_of(world.begin(world.teacher, 101, "a.txt")) == "files.quota");
    CHECK(world.begin(world.teacher, 100, "a.txt").status == 201);
    CHECK(world.begin(world.stranger, megabyte, "a.txt").status == 201);
}

TEST_CASE("an account has so many unfinished uploads and no more") {
    FilesWorld world;
    for (int i = 0; i < 4; ++i) CHECK(world.begin(world.teacher, 1, "a.txt").status == 201);
    CHECK(world.begin(world.teacher, 1, "a.txt").status == 429);
}

TEST_CASE("a disk without room refuses before a byte is sent") {
    auto limits = FilesWorld::small_limits();
    limits.disk_reserve = std::int64_t{1} << 60;
    FilesWorld world(limits);
    auto const answer = world.begin(world.teacher, 1, "a.txt");
    CHECK(answer.status == 507);
    CHECK(code_of(answer) == "files.disk_full");
}

TEST_CASE("hostile uploads are refused and leave nothing behind") {
    FilesWorld world;
    CHECK(code_of(world.upload(world.teacher, "病毒.exe", "MZ")) == "files.executable");
    auto const lie = world.upload(world.teacher, "作业.pdf", "<html><script>alert(1)</script></html>");
    CHECK(lie.status == 415);
    CHECK(code_of(lie) == "files.name_disagrees");
    auto const address = world.value(world.begin(world.teacher, 100, "a.pdf"), "Location");
    CHECK(world.patch(world.teacher, address, 0, std::string("MZ\0\0", 4)).status == 415);
    CHECK(world.head(world.teacher, address).status == 410);
    CHECK(fs::is_empty(world.folder / "uploads"));
    CHECK(code_of(world.begin(world.teacher, 5, "")) == "files.bad_name");
    CHECK(code_of(world.begin(world.teacher, 5, "a\xFF.pdf")) == "files.bad_name");
}

TEST_CASE("nobody else sees, continues or ends an upload") {
    FilesWorld world;
    auto const address = world.value(world.begin(world.teacher, 5, "a.txt"), "Location");
    CHECK(world.head(world.stranger, address).status == 404);
    CHECK(world.patch(world.stranger, address, 0, "hello").status == 404);
    CHECK(world.call(world.stranger, Method::del, address, world.tus()).status == 404);
    CHECK(world.head(world.nobody, address).status == 401);
    CHECK(world.begin(world.nobody, 5, "a.txt").status == 401);
    auto elsewhere = world.teacher;
    elsewhere.district = 110101;
    CHECK(world.head(elsewhere, address).status == 404);
    CHECK(world.patch(world.teacher, address, 0, "hello").status == 204);
}

TEST_CASE("an upload given up or expired is gone with its bytes") {
    FilesWorld world;
    auto const ended = world.value(world.begin(world.teacher, 5, "a.txt"), "Location");
    CHECK(world.patch(world.teacher, ended, 0, "he").status == 204);
    CHECK(world.call(world.teacher, Method::del, ended, world.tus()).status == 204);
    CHECK(world.head(world.teacher, ended).status == 404);
    CHECK_FALSE(fs::exists(world.part_of(ended)));

    auto const stale = world.value(world.begin(world.teacher, 5, "a.txt"), "Location");
    CHECK(world.patch(world.teacher, stale, 0, "he").status == 204);
    world.clock.set(world.clock.now().plus_days(8));
    CHECK(world.head(world.teacher, stale).status == 410);
    CHECK(world.uploads.remove_expired(district) == 1);
    CHECK(world.head(world.teacher, stale).status == 404);
    CHECK_FALSE(fs::exists(world.part_of(stale)));
}

TEST_CASE("PATCH may come as POST through a proxy that knows no better") {
    FilesWorld world;
    auto const address = world.value(world.begin(world.teacher, 5, "a.txt"), "Location");
    auto const headers = world.tus({{"x-http-method-override", "PATCH"},
                                    {"upload-offset", "0"},
                                    {"content-type", "application/offset+octet-stream"}});
    CHECK(world.call(world.teacher, Method::post, address, headers, "hello").status == 204);
    CHECK(code_of(world.call(world.teacher, Method::post, address, world.tus())) == "files.tus_method");
}

TEST_CASE("a disk that fills up while a piece is written keeps what was acknowledged") {
    FilesWorld world;
    auto const address = world.value(world.begin(world.teacher, 10, "a.txt"), "Location");
    CHECK(world.patch(world.teacher, address, 0, "abcd").status == 204);
    // A piece that promises more bytes than can be read breaks off in the middle of the write, as a full disk does.
    auto const id = files::UploadId::parse(address.substr(address.rfind('/') + 1)).value();
    files::Piece piece{4, 6, world.scratch("ef"), {}};
    CHECK_THROWS_AS((void)world.uploads.append(world.teacher, id, piece), files::StorageError);
    CHECK(files::disk::size_of(world.part_of(address)) == 4);
    CHECK(world.patch(world.teacher, address, 4, "efghij").status == 204);
}
