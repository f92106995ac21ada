#pragma once
// Which kind of material stands in front on a classroom computer (班级电脑): from tables of program names and
// extensions alone. Nothing else of what is seen is kept or sent.
#include <array>
#include <optional>
#include <string>
#include <string_view>

namespace santong::helper {

enum class Material : int { slides, document, video, picture, browser, board, interactive, other, none };
inline constexpr std::size_t materials = 9;

/// As it is sent and as it stands in files.
std::string_view name_of(Material material);
std::optional<Material> material_named(std::string_view name);

/// The window in front. The title is read for the extension in it and forgotten.
struct Front {
    std::string process;  ///< of its program, such as "POWERPNT.EXE"; empty = nothing stands in front
    std::string title;
};
Material material_of(Front const& front);

/// The last known extension that a title names, in small letters ("第3课.pptx - WPS Office" gives "pptx"); else empty.
std::string extension_in(std::string_view title);
/// In small letters without the dot; empty if there is none.
std::string extension_of(std::string_view file_name);
/// Whether a lesson's file of this extension may be opened: material only, never a program or a script.
bool may_open(std::string_view extension);

}  // namespace santong::helper
