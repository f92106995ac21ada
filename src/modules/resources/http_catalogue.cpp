#include "modules/resources/http_catalogue.hpp"

#include "modules/resources/permissions.hpp"
#include "modules/roster/service.hpp"

namespace santong::resources {

namespace {

core::Result<TextbookView> in_language(http::Call const& call, core::Result<TextbookView> answer) {
    if (answer) answer->subject_title = roster::subject_title(answer->textbook.subject, call.language);
    return answer;
}

}  // namespace

void register_catalogue_routes(http::Router& router, Library const& library) {
    auto const view = http::Access::with(permissions::view);
    router
        .list<TextbookQuery, Textbooks>("/api/v1/textbooks", view,
                                        [library](http::Call const& call, TextbookQuery const& query) {
                                            return textbooks(library, call.caller, query);
                                        })
        .says("Textbooks of the district.");
    router
        .list<TextbookQuery, CoverageList>("/api/v1/textbooks/coverage", view,
                                           [library](http::Call const& call, TextbookQuery const& query) {
                                               return coverage(library, call.caller, query);
                                           })
        .says("How many chapters of each textbook have what they need, and what is missing.");
    router
        .get<TextbookView>("/api/v1/textbooks/{textbook_id}/chapters", view,
                           [library](http::Call const& call) {
                               return in_language(call,
                                                  textbook(library, call.caller, call.id<TextbookId>("textbook_id")));
                           })
        .says("Chapters with the resources that are there for each, and the holes.");
    router
        .post<NewTextbook, TextbookView>("/api/v1/textbooks", http::Access::with(permissions::manage_catalogue),
                                         [library](http::Call const& call, NewTextbook const& body) {
                                             return in_language(call, add_textbook(library, call.caller, body));
                                         })
        .says("Adds a textbook with its chapters.");
}

}  // namespace santong::resources
