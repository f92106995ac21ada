#pragma once
// What the tests of files work with: a database, stores in a folder of their own, two schools' callers, the routes.
#include <archive.h>
#include <archive_entry.h>
#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>

#include "core/base64.hpp"
#include "platform/files/disk.hpp"
#include "platform/files/http.hpp"
#include "platform/files/store.hpp"
#include "test_database.hpp"

namespace santong::test {

namespace fs = std::filesystem;

struct ZipEntry {
    std::string name;
    std::string content;
    std::string symlink_to = {};
};

/// A zip with these entries, names as given.
inline std::string make_zip(std::vector<ZipEntry> const& entries) {
    std::string out(64 << 20, '\0');
    std::size_t used = 0;
    archive* zip = archive_write_new();
    archive_write_set_format_zip(zip);
    archive_write_open_memory(zip, out.data(), out.size(), &used);
    for (auto const& entry : entries) {
        archive_entry* header = archive_entry_new();
        archive_entry_set_pathname(header, entry.name.c_str());
        archive_entry_set_filetype(header, entry.symlink_to.empty() ? AE_IFREG : AE_IFLNK);
        if (!entry.symlink_to.empty()) archive_entry_set_symlink(header, entry.symlink_to.c_str());
        archive_entry_set_perm(header, 0644);
        archive_entry_set_size(header, static_cast<la_int64_t>(entry.content.size()));
        archive_write_header(zip, header);
        archive_write_data(zip, entry.content.data(), entry.content.size());
        archive_entry_free(header);
    }
    archive_write_close(zip);
    archive_write_free(zip);
    out.resize(used);
    return out;
}

inline std::string const pdf = "%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer <<>>\n%%EOF\n";
inline std::string const png = std::string("\x89PNG\r\n\x1a\n", 8) + std::string(64, '\0');

struct FilesWorld {
    explicit FilesWorld(files::UploadLimits limits = small_limits())
        : folder(database.folder() + "-files"),
          contents(folder / "files"),
          kept(*database, contents, clock),
          uploads(kept, folder / "uploads", limits),
          packages(contents, folder / "packages", {4 << 20, 100, 1 << 20}),
          addresses([](std::string_view text) { return mac(text); }, clock) {
        files::FileRoutes const site{kept,
                                     uploads,
                                     packages,
                                     addresses,
                                     [this](core::DistrictId, std::string const& key) { return key != closed_session; },
                                     [] { return std::string("https://main.example"); },
                                     [] { return std::string("https://packages.example"); }};
        files::register_routes(router, site);
        files::register_upload_routes(router, site);
        files::register_package_routes(package_router, site);
    }
    ~FilesWorld() { fs::remove_all(folder); }

    static files::UploadLimits small_limits() {
        files::UploadLimits limits;
        limits.largest_file = 1 << 20;
        limits.account_quota = 3 << 20;
        limits.disk_reserve = 0;
        limits.open_uploads = 4;
        return limits;
    }
    static std::string mac(std::string_view text) {
        files::disk::Sha256 sha;
        sha.add("a key of the tests");
        sha.add(text);
        return sha.digest();
    }
    static auth::Caller person(char const* session) {
        auth::Caller caller;
        caller.district = district;
        caller.account = core::AccountId::make();
        caller.session_key = session;
        return caller;
    }

    http::Response call(auth::Caller const& caller, http::Method method, std::string const& target,
                        std::map<std::string, std::string> const& headers = {}, std::string const& body = {}) {
        return send(router, caller, method, target, headers, body);
    }
    http::Response send(http::Router& to, auth::Caller const& caller, http::Method method, std::string const& target,
                        std::map<std::string, std::string> const& headers, std::string const& body) {
        http::Call request;
        request.caller = caller;
        request.method = method;
        auto const question = target.find('?');
        request.path = target.substr(0, question);
        if (question != std::string::npos) request.query["save"] = "1";
        for (auto const& [name, value] : headers) request.headers[name] = value;
        auto const match = to.find(method, request.path);
        if (!match.route) return http::Response::problem(core::not_found(), "");
        bool const open = match.route->access.kind == http::Access::Kind::open;
        if (!open && !caller.signed_in()) return http::Response::problem(core::unauthenticated("auth"), "");
        request.path_values = match.values;
        if (match.route->stream_body) {
            request.body_file = scratch(body);
            request.body_size = static_cast<std::int64_t>(body.size());
        } else {
            request.body = body;
        }
        return match.route->handler(request);
    }

    /// A file on this machine with these bytes.
    std::string scratch(std::string const& bytes) {
        auto const path = folder / ("scratch" + std::to_string(++scratches));
        std::ofstream(path, std::ios::binary) << bytes;
        return path.string();
    }

    std::map<std::string, std::string> tus(std::map<std::string, std::string> more = {}) {
        more.emplace("tus-resumable", "1.0.0");
        return more;
    }
    http::Response begin(auth::Caller const& caller, std::int64_t size, std::string const& name) {
        return call(
            caller, http::Method::post, "/api/v1/uploads",
            tus({{"upload-length", std::to_string(size)}, {"upload-metadata", "filename " + core::base64(name)}}));
    }
    http::Response patch(auth::Caller const& caller, std::string const& address, std::int64_t offset,
                         std::string const& bytes, std::map<std::string, std::string> more = {}) {
        more.emplace("upload-offset", std::to_string(offset));
        more.emplace("content-type", "application/offset+octet-stream");
        return call(caller, http::Method::patch, address, tus(more), bytes);
    }
    http::Response head(auth::Caller const& caller, std::string const& address) {
        return call(caller, http::Method::head, address, tus());
    }
    /// Uploads in one piece; the answer to the last request.
    http::Response upload(auth::Caller const& caller, std::string const& name, std::string const& bytes) {
        auto const begun = begin(caller, static_cast<std::int64_t>(bytes.size()), name);
        if (begun.status != 201) return begun;
        return patch(caller, value(begun, "Location"), 0, bytes);
    }
    core::FileId uploaded(auth::Caller const& caller, std::string const& name, std::string const& bytes) {
        auto const done = upload(caller, name, bytes);
        REQUIRE_MESSAGE(done.status == 204, done.body);
        return core::FileId::parse(value(done, "Santong-File-Id")).value();
    }
    static std::string value(http::Response const& response, std::string_view name) {
        for (auto const& [key, text] : response.headers)
            if (key == name) return text;
        return {};
    }
    static std::string bytes_of(fs::path const& path) {
        std::ifstream in(path, std::ios::binary);
        return {std::istreambuf_iterator<char>(in), {}};
    }
    fs::path part_of(std::string const& address) const {
        return folder / "uploads" / (address.substr(address.rfind('/') + 1) + ".part");
    }

    TestDatabase database;
    fs::path folder;
    core::FixedClock clock{core::Instant{1'700'000'000'000}};
    files::LocalContentStore contents;
    files::Files kept;
    files::Uploads uploads;
    files::Packages packages;
    files::Addresses addresses;
    http::Router router, package_router;
    std::string closed_session;
    int scratches = 0;
    auth::Caller teacher = person("teacher's session"), stranger = person("stranger's session"), nobody;
};

/// The refusal's i18n key in a problem document.
inline std::string code_of(http::Response const& response) {
    std::string_view const mark = "\"code\":\"";
    auto const at = response.body.find(mark);
    if (at == std::string::npos) return {};
    auto const from = at + mark.size();
    return response.body.substr(from, response.body.find('"', from) - from);
}

}  // namespace santong::test
