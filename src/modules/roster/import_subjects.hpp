#pragma once
#include <string>

namespace santong::roster {

/// The code of a subject (任教学科) as schools write it: code, title, a name within the title, or its beginning; empty
/// if none or several are meant.
std::string code_of_subject(std::string const& text);

}  // namespace santong::roster
