#include "helper/material.hpp"

#include <algorithm>

namespace santong::helper {

namespace {

struct Named {
    std::string_view name;
    Material material;
};

constexpr std::array<std::string_view, materials> names{"slides", "document",    "video", "picture", "browser",
                                                        "board",  "interactive", "other", "none"};

/// Programs that show one kind only, without ".exe". The first that is the name, or its beginning before a digit.
constexpr Named programs[] = {
    {"powerpnt", Material::slides},
    {"pptview", Material::slides},
    {"wpp", Material::slides},
    {"simpress", Material::slides},
    {"keynote", Material::slides},
    {"winword", Material::document},
    {"excel", Material::document},
    {"et", Material::document},
    {"acrord32", Material::document},
    {"acrobat", Material::document},
    {"foxitreader", Material::document},
    {"foxitpdfreader", Material::document},
    {"sumatrapdf", Material::document},
    {"evince", Material::document},
    {"okular", Material::document},
    {"notepad", Material::document},
    {"swriter", Material::document},
    {"scalc", Material::document},
    {"wmplayer", Material::video},
    {"vlc", Material::video},
    {"potplayer", Material::video},
    {"potplayermini", Material::video},
    {"mpc-hc", Material::video},
    {"storm", Material::video},
    {"stormplayer", Material::video},
    {"qqplayer", Material::video},
    {"mpv", Material::video},
    {"totem", Material::video},
    {"video.ui", Material::video},
    {"dllhost", Material::picture},
    {"photoviewer", Material::picture},
    {"microsoft.photos", Material::picture},
    {"2345pic", Material::picture},
    {"eog", Material::picture},
    {"gwenview", Material::picture},
    {"mspaint", Material::picture},
    {"chrome", Material::browser},
    {"chromium", Material::browser},
    {"firefox", Material::browser},
    {"firefox-esr", Material::browser},
    {"iexplore", Material::browser},
    {"msedge", Material::browser},
    {"360se", Material::browser},
    {"360chrome", Material::browser},
    {"qqbrowser", Material::browser},
    {"sogouexplorer", Material::browser},
    {"easinote", Material::board},
    {"enboard", Material::board},
    {"activinspire", Material::board},
    {"inspire", Material::board},
    {"notebook", Material::board},
    {"hiteboard", Material::board},
    {"hitevision", Material::board},
    {"onenote", Material::board},
    {"openboard", Material::board},
    {"geogebra", Material::interactive},
    {"gsp", Material::interactive},
    {"scratch", Material::interactive},
    {"flashplayer", Material::interactive},
    {"saflashplayer", Material::interactive},
    {"nobook", Material::interactive},
};

/// Programs that show several kinds: what they show is said by the extension in their title.
constexpr std::string_view several[] = {"wps", "wpsoffice", "soffice", "soffice.bin", "libreoffice", "kwpp", "yozo"};

/// What stands in front where nothing was opened: the desktop and its bar.
constexpr std::string_view desktop[] = {"explorer", "shellexperiencehost", "lockapp",     "logonui",
                                        "nautilus", "gnome-shell",         "plasmashell", "xfdesktop"};

constexpr Named extensions[] = {
    {"ppt", Material::slides},      {"pptx", Material::slides},     {"pps", Material::slides},
    {"ppsx", Material::slides},     {"dps", Material::slides},      {"odp", Material::slides},
    {"doc", Material::document},    {"docx", Material::document},   {"wps", Material::document},
    {"odt", Material::document},    {"rtf", Material::document},    {"txt", Material::document},
    {"xls", Material::document},    {"xlsx", Material::document},   {"et", Material::document},
    {"ods", Material::document},    {"pdf", Material::document},    {"mp4", Material::video},
    {"avi", Material::video},       {"wmv", Material::video},       {"mkv", Material::video},
    {"mov", Material::video},       {"flv", Material::video},       {"webm", Material::video},
    {"mp3", Material::video},       {"wav", Material::video},       {"m4a", Material::video},
    {"ogg", Material::video},       {"jpg", Material::picture},     {"jpeg", Material::picture},
    {"png", Material::picture},     {"gif", Material::picture},     {"bmp", Material::picture},
    {"webp", Material::picture},    {"enb", Material::board},       {"flipchart", Material::board},
    {"ggb", Material::interactive}, {"gsp", Material::interactive},
};

std::string small(std::string_view text) {
    std::string out(text);
    for (char& c : out) {
        if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
    }
    return out;
}

bool word_character(char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

std::optional<Material> of_extension(std::string_view extension) {
    auto const found = std::ranges::find(extensions, extension, &Named::name);
    if (found == std::end(extensions)) return std::nullopt;
    return found->material;
}

/// The name of a program without folder, ".exe" and a version behind it: "EasiNote5.exe" gives "easinote".
std::string program_name(std::string_view process) {
    auto name = small(process.substr(process.find_last_of("/\\") + 1));
    if (name.ends_with(".exe")) name.resize(name.size() - 4);
    return name;
}

}  // namespace

std::string_view name_of(Material material) {
    return names[static_cast<std::size_t>(material)];
}

std::optional<Material> material_named(std::string_view name) {
    auto const found = std::ranges::find(names, name);
    if (found == names.end()) return std::nullopt;
    return static_cast<Material>(found - names.begin());
}

std::string extension_in(std::string_view title) {
    auto const text = small(title);
    for (auto dot = text.rfind('.'); dot != std::string::npos && dot > 0; dot = text.rfind('.', dot - 1)) {
        std::size_t end = dot + 1;
        while (end < text.size() && word_character(text[end])) ++end;
        auto const word = text.substr(dot + 1, end - dot - 1);
        if (of_extension(word)) return word;
    }
    return {};
}

std::string extension_of(std::string_view file_name) {
    auto const dot = file_name.rfind('.');
    return dot == std::string_view::npos ? std::string() : small(file_name.substr(dot + 1));
}

bool may_open(std::string_view extension) {
    return of_extension(extension).has_value();
}

Material material_of(Front const& front) {
    if (front.process.empty()) return Material::none;
    auto const name = program_name(front.process);
    if (std::ranges::find(desktop, name) != std::end(desktop)) return Material::none;
    if (std::ranges::find(several, name) != std::end(several)) {
        return of_extension(extension_in(front.title)).value_or(Material::document);
    }
    auto plain = name;
    if (std::ranges::find(programs, name, &Named::name) == std::end(programs)) {
        while (!plain.empty() && plain.back() >= '0' && plain.back() <= '9') plain.pop_back();
    }
    auto const found = std::ranges::find(programs, plain, &Named::name);
    return found == std::end(programs) ? Material::other : found->material;
}

}  // namespace santong::helper
