#pragma once
#include <span>

#include "modules/news/domain.hpp"

namespace santong::server::demo {

/// Who writes an article of the demo: the demo accounts' school and its central school, other schools, the bureau.
enum class NewsWriter { teacher, academic, village_teacher, middle_academic, info_office, researcher };

/// An article of the demo. Lines of its text: "# " a heading, "- " an item of a list, "@words|address" a link.
struct NewsText {
    NewsWriter writer = NewsWriter::teacher;
    news::ArticleKind kind{};
    news::ArticleScope scope{};
    news::ArticleAudience audience{};
    news::ArticleState state{};
    int passed_steps = 0;  ///< of its review, while it is open or after it was returned
    int days_ago = 0;      ///< since it was sent in; negative = never sent
    bool must_read = false;
    int days_shown = 0;  ///< 0 = without end
    char const* title = "";
    char const* summary = "";
    char const* text = "";
    char const* reason = "";        ///< why it was returned or withdrawn
    char const* picture = nullptr;  ///< file of demo/content: the cover of news, a part of the others
    char const* picture_text = "";
};

std::span<NewsText const> news_texts();

}  // namespace santong::server::demo
