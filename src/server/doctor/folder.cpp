#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>

#include "platform/files/disk.hpp"
#include "server/backup/contents.hpp"
#include "server/doctor/checks.hpp"

namespace santong::server::doctor {

namespace fs = std::filesystem;

namespace {

/// Uploads stop below this much room (UploadLimits::disk_reserve).
constexpr std::int64_t least_room = std::int64_t{256} << 20;
constexpr std::int64_t scarce_room = std::int64_t{2} << 30;

std::string megabytes(std::int64_t bytes) {
    return std::to_string(bytes >> 20) + " MB";
}

void look_at_rights(fs::path const& data, Findings& findings) {
    bool all = true;
    for (auto const& folder : {data, data / "files", data / "uploads"}) {
        if (!fs::exists(folder) || ::access(folder.c_str(), R_OK | W_OK | X_OK) == 0) continue;
        all = false;
        fault(findings, "folder.rights", folder.string() + " cannot be read and written",
              "give it to the user that runs santong");
    }
    struct stat facts{};
    if (::stat(data.c_str(), &facts) == 0 && (facts.st_mode & S_IWOTH) != 0) {
        all = false;
        warn(findings, "folder.rights", data.string() + " may be written by every user of the machine",
             "chmod o-w " + data.string());
    }
    if (all) ok(findings, "folder.rights", data.string() + " can be read and written");
}

void look_at_room(fs::path const& data, Findings& findings) {
    auto const room = files::disk::free_bytes(data);
    auto const text = megabytes(room) + " free";
    if (room < least_room)
        fault(findings, "folder.room", text, "make room: uploads are refused below " + megabytes(least_room));
    else if (room < scarce_room)
        warn(findings, "folder.room", text, "make room soon");
    else
        ok(findings, "folder.room", text);
}

void look_at_leftovers(fs::path const& data, Findings& findings) {
    try {
        backup::refuse_unfinished(data.string());
    } catch (std::exception const& error) {
        fault(findings, "folder.restore", error.what(), "delete the folder and restore again");
    }
    auto const prefix = data.filename().string() + ".restoring-";
    for (auto const& entry : fs::directory_iterator(fs::absolute(data).lexically_normal().parent_path())) {
        if (!entry.path().filename().string().starts_with(prefix)) continue;
        warn(findings, "folder.restore",
             entry.path().string() + " is left of a restore, or one is under way; it holds keys",
             "delete it if no restore is running");
    }
}

}  // namespace

void look_at_folder(Patient const& patient, Findings& findings) {
    fs::path const data = patient.place.data;
    if (!fs::is_directory(data)) {
        fault(findings, "folder", data.string() + " is no folder", "name the data folder with --data");
        return;
    }
    look_at_rights(data, findings);
    look_at_room(data, findings);
    look_at_leftovers(data, findings);
}

}  // namespace santong::server::doctor
