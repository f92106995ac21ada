// Textbooks, chapters and what is there for each.
#include "modules/resources/store.hpp"

namespace santong::resources::store {

std::vector<Textbook> textbooks(sql::Tx& tx) {
    return tx.rows<Textbook>(
        "SELECT id, key, title, subject, grade, term, edition FROM textbook WHERE district_id = $1"
        " ORDER BY subject, grade, term, title",
        tx.district());
}

std::optional<Textbook> find_textbook(sql::Tx& tx, TextbookId const& id) {
    return tx.optional_row<Textbook>(
        "SELECT id, key, title, subject, grade, term, edition FROM textbook"
        " WHERE district_id = $1 AND id = $2",
        tx.district(), id);
}

std::optional<TextbookId> find_textbook_key(sql::Tx& tx, std::string const& key) {
    return tx.value<TextbookId>("SELECT id FROM textbook WHERE district_id = $1 AND key = $2", tx.district(), key);
}

void insert_textbook(sql::Tx& tx, Textbook const& textbook, std::vector<Chapter> const& chapters) {
    tx.insert_one("textbook", textbook);
    tx.insert("chapter", chapters);
}

std::vector<Chapter> chapters(sql::Tx& tx, TextbookId const& id) {
    return in_reading_order(
        tx.rows<Chapter>("SELECT id, textbook_id, parent_id, title, sort, hours FROM chapter WHERE district_id = $1"
                         " AND textbook_id = $2",
                         tx.district(), id));
}

std::optional<Chapter> find_chapter(sql::Tx& tx, ChapterId const& id) {
    return tx.optional_row<Chapter>(
        "SELECT id, textbook_id, parent_id, title, sort, hours FROM chapter"
        " WHERE district_id = $1 AND id = $2",
        tx.district(), id);
}

std::vector<Chapter> leaf_chapters(sql::Tx& tx) {
    return tx.rows<Chapter>(
        "SELECT c.id, c.textbook_id, c.parent_id, c.title, c.sort, c.hours FROM chapter c WHERE c.district_id = $1"
        " AND NOT EXISTS (SELECT 1 FROM chapter k WHERE k.district_id = c.district_id AND k.parent_id = c.id)"
        " ORDER BY c.textbook_id, c.sort, c.id",
        tx.district());
}

std::vector<NamedChapter> named_chapters(sql::Tx& tx) {
    return tx.rows<NamedChapter>(
        "SELECT c.id, c.textbook_id, c.title, t.subject, t.grade, t.term FROM chapter c JOIN textbook t"
        " ON t.district_id = c.district_id AND t.id = c.textbook_id WHERE c.district_id = $1"
        " ORDER BY t.grade, t.term, c.sort, c.id",
        tx.district());
}

std::vector<ChapterKind> chapter_kinds(sql::Tx& tx, Reader const& reader, std::optional<TextbookId> const& textbook) {
    sql::Query q;
    q.text = "SELECT r.chapter_id, r.textbook_id, r.kind, COUNT(*) AS count FROM resource r WHERE r.district_id = " +
             q.bind(tx.district());
    q.text += " AND r.chapter_id IS NOT NULL AND r.textbook_id IS NOT NULL AND " + visible(q, reader);
    if (textbook) q.text += " AND r.textbook_id = " + q.bind(*textbook);
    q.text += " GROUP BY r.chapter_id, r.textbook_id, r.kind";
    return q.rows<ChapterKind>(tx);
}

}  // namespace santong::resources::store
