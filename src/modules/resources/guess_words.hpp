#pragma once
// What the words of a name or of a path say of a resource. Used by `guess` and by the intake of folders.
#include <string>
#include <string_view>
#include <vector>

#include "modules/resources/store.hpp"
#include "modules/resources/views.hpp"

namespace santong::resources {

/// Title, kind and grade as a file's name says them.
std::string title_in(std::string_view name);
std::optional<Kind> kind_in(std::string_view name);
void read_grade(std::string_view name, Guess& guess);

/// The chapters of the district, read once.
class ChapterNames {
public:
    explicit ChapterNames(sql::Tx& tx);
    /// The chapter with the longest title that stands in the name; its grade and subject must not contradict what is
    /// known. A title that several textbooks have (整理和复习) is no guess.
    void read(std::string const& name, Guess& guess) const;

private:
    struct Named {
        store::NamedChapter chapter;
        std::string form;
    };
    std::vector<Named> all_;
};

/// What a path inside a folder or on a disc says: its file's name first, then its folders from the inside out.
struct PathGuess {
    Guess guess;
    bool subject_said = false;  ///< by the path; else it is the giver's own subject
    bool kind_said = false;
};
PathGuess guess_of_path(ChapterNames const& chapters, std::string const& path, std::string const& own_subject);

}  // namespace santong::resources
