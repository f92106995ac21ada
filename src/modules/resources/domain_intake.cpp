#include "modules/resources/domain_intake.hpp"

#include <algorithm>
#include <array>

namespace santong::resources {

namespace {

std::string lower(std::string_view text) {
    std::string result(text);
    std::ranges::transform(result, result.begin(), [](char c) { return c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c; });
    return result;
}

}  // namespace

char const* junk_reason(std::string_view path) {
    constexpr std::array<std::string_view, 7> left_by_systems{"thumbs.db",  "ehthumbs.db", "desktop.ini", ".ds_store",
                                                              "folder.htt", "icon\r",      ".localized"};
    constexpr std::array<std::string_view, 3> starts_of_discs{"autorun.inf", "autorun.ini", "autorun.apm"};
    constexpr std::array<std::string_view, 4> endings{".tmp", ".bak", ".lnk", ".crdownload"};
    auto const whole = lower(path);
    auto const name = whole.substr(whole.rfind('/') + 1);
    bool const hidden_folder = whole.starts_with("__macosx/") || whole.find("/__macosx/") != std::string::npos ||
                               whole.starts_with("$recycle.bin/") || whole.starts_with("system volume information/");
    if (hidden_folder || name.starts_with("._") || std::ranges::find(left_by_systems, name) != left_by_systems.end())
        return "resources.intake.junk_system";
    if (std::ranges::find(starts_of_discs, name) != starts_of_discs.end()) return "resources.intake.junk_autorun";
    bool const half = name.starts_with("~$") || name.starts_with(".~") ||
                      std::ranges::any_of(endings, [&](auto ending) { return name.ends_with(ending); });
    return half ? "resources.intake.junk_half" : nullptr;
}

std::string doubts(IntakeRow const& row) {
    std::string found;
    auto const lacks = [&found](bool missing, char const* what) {
        if (!missing) return;
        if (!found.empty()) found += ',';
        found += what;
    };
    lacks(row.title.empty(), "title");
    lacks(row.subject.empty(), "subject");
    lacks(row.grade_from == 0, "grade");
    return found;
}

namespace {

/// How much a row says of its file: a chapter above all, which says subject and grade too.
int richness(IntakeRow const& row) {
    constexpr int chapter = 4, said_subject = 2, grade = 1;
    bool const said = !row.subject.empty() && row.doubt != "own_subject";
    return (row.chapter_id ? chapter : 0) + (said ? said_subject : 0) + (row.grade_from > 0 ? grade : 0);
}

}  // namespace

bool take_richer(IntakeRow& kept, IntakeRow const& twin) {
    bool const free = kept.verdict == Verdict::sure || kept.verdict == Verdict::unsure;
    if (!free || richness(twin) <= richness(kept)) return false;
    kept.title = twin.title;
    kept.kind = twin.kind;
    kept.subject = twin.subject;
    kept.grade_from = twin.grade_from;
    kept.grade_to = twin.grade_to;
    kept.textbook_id = twin.textbook_id;
    kept.chapter_id = twin.chapter_id;
    kept.doubt = twin.doubt;
    kept.verdict = kept.doubt.empty() ? Verdict::sure : Verdict::unsure;
    return true;
}

Version version_of(IntakeRow const& row) {
    Version version;
    version.file_id = row.file_id;
    version.media_type = row.media_type;
    version.size = row.size;
    version.sha256 = row.sha256;
    version.pages = row.pages;
    version.duration_seconds = row.duration_seconds;
    return version;
}

}  // namespace santong::resources
