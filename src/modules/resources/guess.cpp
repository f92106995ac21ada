// What a file's name says: "五上 第6单元 平行四边形的面积 课件 (2).pptx".
#include "modules/resources/content.hpp"
#include "modules/resources/guess_words.hpp"
#include "modules/roster/service.hpp"
#include "platform/text/utf8.hpp"

namespace santong::resources {

core::Result<Guess> guess(Library const& library, auth::Caller const& caller, std::string const& file_name,
                          std::optional<core::FileId> const& file) {
    constexpr std::size_t longest_name = 300;
    auto answer = TRY(library.db.read(caller.district, [&](sql::Tx& tx) -> core::Result<Guess> {
        Guess found;
        auto const name = text::clean(text::truncate_bytes(file_name, longest_name));
        found.title = title_in(name);
        found.kind = kind_in(name);
        if (auto const person = roster::person(tx, caller.person)) found.subject = person->subject;
        read_grade(name, found);
        ChapterNames(tx).read(name, found);
        return found;
    }));
    if (file) {
        auto const content = TRY(content_of(library, caller, {file, {}, {}, {}}));
        for (int i = 0; i <= static_cast<int>(Kind::link); ++i) {
            if (!misfit(static_cast<Kind>(i), content.version)) answer.fits.push_back(static_cast<Kind>(i));
        }
        answer.opens = content.version.opens;
        if (!answer.kind || misfit(*answer.kind, content.version)) answer.kind = kind_of(content);
    }
    return answer;
}

}  // namespace santong::resources
