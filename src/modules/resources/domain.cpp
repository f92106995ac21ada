#include "modules/resources/domain.hpp"

#include <algorithm>
#include <array>
#include <functional>
#include <map>
#include <tuple>

#include "platform/text/utf8.hpp"

namespace santong::resources {

namespace {

constexpr std::size_t longest_title = 80;
constexpr std::size_t longest_description = 2000;
constexpr std::size_t longest_note = 300;
constexpr std::size_t longest_attribution = 40;
constexpr std::size_t longest_url = 500;
constexpr std::size_t longest_holder = 80;
constexpr int last_grade = 12;

/// National and provincial platforms whose pages may be linked (国家中小学智慧教育平台, 国家教育资源公共服务平台).
constexpr std::array<std::string_view, 3> linked_hosts{"smartedu.cn", "zxx.edu.cn", "eduyun.cn"};

void check_length(std::vector<core::Problem>& problems, char const* pointer, std::string const& value,
                  std::size_t most) {
    if (text::count_characters(value) > most)
        problems.push_back({pointer, "core.too_long", {{"max", std::to_string(most)}}});
}

bool is_plain(std::string_view url) {
    return std::ranges::all_of(url, [](char c) {
        return c > ' ' && c <= '~' && std::string_view("<>\"\\^`{|}").find(c) == std::string_view::npos;
    });
}

bool is_linked_host(std::string_view host) {
    return std::ranges::any_of(linked_hosts, [&](std::string_view allowed) {
        return host == allowed || (host.size() > allowed.size() && host.ends_with(allowed) &&
                                   host[host.size() - allowed.size() - 1] == '.');
    });
}

}  // namespace

std::vector<Chapter> in_reading_order(std::vector<Chapter> const& chapters) {
    std::map<ChapterId, std::vector<Chapter const*>> parts;
    for (auto const& chapter : chapters) parts[chapter.parent_id.value_or(ChapterId{})].push_back(&chapter);
    for (auto& [parent, list] : parts) {
        std::ranges::sort(
            list, [](auto const* a, auto const* b) { return std::tie(a->sort, a->id) < std::tie(b->sort, b->id); });
    }
    std::vector<Chapter> ordered;
    std::function<void(ChapterId const&)> const add = [&](ChapterId const& parent) {
        for (auto const* chapter : parts[parent]) {
            ordered.push_back(*chapter);
            add(chapter->id);
        }
    };
    add({});
    return ordered;
}

Stage stage_of_grade(int grade) {
    if (grade <= 6) return grade <= 0 ? Stage::preschool : Stage::primary;
    return grade <= 9 ? Stage::junior : Stage::senior;
}

core::Result<void> check_description(Resource const& resource) {
    std::vector<core::Problem> problems;
    if (text::trim(resource.title).empty()) problems.push_back({"/title", "core.required", {}});
    check_length(problems, "/title", resource.title, longest_title);
    check_length(problems, "/description", resource.description, longest_description);
    check_length(problems, "/source_note", resource.source_note, longest_note);
    check_length(problems, "/attribution", resource.attribution, longest_attribution);
    if (resource.grade_from < 1 || resource.grade_from > last_grade)
        problems.push_back({"/grade_from", "resources.no_such_grade", {}});
    if (resource.grade_to < resource.grade_from || resource.grade_to > last_grade) {
        problems.push_back({"/grade_to", "resources.no_such_grade", {}});
    }
    if (!problems.empty()) return core::invalid(std::move(problems));
    return {};
}

core::Result<void> check_terms(Resource const& r) {
    std::vector<core::Problem> problems;
    check_length(problems, "/holder", r.holder, longest_holder);
    check_length(problems, "/terms", r.terms, longest_note);
    if (r.intake == Acquisition::bought && text::trim(r.holder).empty())
        problems.push_back({"/holder", "resources.holder_needed", {}});
    if (r.intake == Acquisition::bought && text::trim(r.terms).empty())
        problems.push_back({"/terms", "resources.terms_needed", {}});
    if (r.valid_from && r.valid_until && *r.valid_until < *r.valid_from)
        problems.push_back({"/valid_until", "resources.ends_before_it_begins", {}});
    if (!problems.empty()) return core::invalid(std::move(problems));
    return {};
}

bool licence_holds(Resource const& r, core::LocalDate on) {
    return (!r.valid_from || *r.valid_from <= on) && (!r.valid_until || on <= *r.valid_until);
}

char const* misfit(Kind kind, Version const& version) {
    if (!version.url.empty() || version.media_type == pack_media_type) return nullptr;
    std::string_view const type = version.media_type;
    bool const package = type == "application/zip";
    bool const film = type.starts_with("video/"), sound = type.starts_with("audio/");
    switch (kind) {
        case Kind::video: return film || package ? nullptr : "resources.misfit_video";
        case Kind::audio: return sound || package ? nullptr : "resources.misfit_audio";
        case Kind::picture: return type.starts_with("image/") ? nullptr : "resources.misfit_picture";
        case Kind::interactive: return package || type == "text/html" ? nullptr : "resources.misfit_package";
        case Kind::scorm: return package ? nullptr : "resources.misfit_package";
        case Kind::plan:
        case Kind::slides:
        case Kind::document: return film || sound ? "resources.misfit_document" : nullptr;
        case Kind::exercise: return film ? "resources.misfit_document" : nullptr;
        case Kind::link: return "resources.misfit_link";
        case Kind::pack: return "resources.content_needed";
    }
    return nullptr;
}

core::Result<void> check_ready(Resource const& resource, std::optional<Version> const& latest) {
    std::vector<core::Problem> problems;
    if (!latest) problems.push_back({"/file_id", "resources.content_needed", {}});
    if (latest && !latest->opens) problems.push_back({"/file_id", "resources.file_broken", {}});
    bool const has_passed = latest && resource.current_version == latest->number;
    if (auto const* const wanted = latest && !has_passed ? misfit(resource.kind, *latest) : nullptr) {
        problems.push_back({"/kind", wanted, {}});
    }
    if (resource.subject.empty()) problems.push_back({"/subject", "core.required", {}});
    if (resource.licence == Licence::none) problems.push_back({"/licence", "resources.licence_needed", {}});
    if (resource.source == Source::none) problems.push_back({"/source", "resources.source_needed", {}});
    bool const of_others = resource.source == Source::adapted || resource.source == Source::open_web;
    if (of_others && text::trim(resource.source_note).empty()) {
        problems.push_back({"/source_note", "resources.source_note_needed", {}});
    }
    if (auto const terms = check_terms(resource); !terms) {
        auto const& more = terms.error().problems;
        problems.insert(problems.end(), more.begin(), more.end());
    }
    if (!problems.empty()) return core::invalid(std::move(problems));
    return {};
}

core::Result<std::string> check_link(std::string const& url) {
    constexpr std::string_view scheme = "https://";
    std::string const given(text::trim(url));
    auto const refused = core::invalid_at("/url", "resources.link_not_allowed");
    if (given.size() > longest_url)
        return core::invalid_at("/url", "core.too_long", {{"max", std::to_string(longest_url)}});
    if (!is_plain(given) || !given.starts_with(scheme)) return refused;
    auto const end = std::min(given.find_first_of("/?#", scheme.size()), given.size());
    auto host = given.substr(scheme.size(), end - scheme.size());
    // Letters, digits, dots and hyphens only: neither a user name, nor a port, nor an address in brackets.
    bool const bare = std::ranges::all_of(host, [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '.' || c == '-';
    });
    std::ranges::transform(host, host.begin(),
                           [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
    if (!bare || !is_linked_host(host)) return refused;
    return std::string(scheme) + host + (end == given.size() ? "/" : given.substr(end));
}

}  // namespace santong::resources
