#pragma once
// Textbooks and how far their chapters are covered.
#include "modules/resources/service_author.hpp"

namespace santong::resources {

struct TextbookQuery {
    std::string subject;
    int grade = 0;
    int term = 0;
};
BOOST_DESCRIBE_STRUCT(TextbookQuery, (), (subject, grade, term))

struct Textbooks {
    std::vector<Textbook> items;
};
BOOST_DESCRIBE_STRUCT(Textbooks, (), (items))

struct CoverageList {
    std::vector<Coverage> items;
    std::vector<Kind> needs;            ///< what every chapter needs
    std::vector<std::string> subjects;  ///< those that were looked at; empty = all
};
BOOST_DESCRIBE_STRUCT(CoverageList, (), (items, needs, subjects))

core::Result<Textbooks> textbooks(Library const& library, auth::Caller const& caller, TextbookQuery const& query);
/// A textbook with its chapters, what is there for each as far as the caller sees it, and the holes.
core::Result<TextbookView> textbook(Library const& library, auth::Caller const& caller, TextbookId const& id);
/// Without a subject: those that the caller answers for (a researcher's own), or all; "all" = all.
core::Result<CoverageList> coverage(Library const& library, auth::Caller const& caller, TextbookQuery const& query);
/// Adds a textbook with its chapters. Refuses a key that is taken ("resources.textbook_exists").
core::Result<TextbookView> add_textbook(Library const& library, auth::Caller const& caller, NewTextbook const& wish);

}  // namespace santong::resources
