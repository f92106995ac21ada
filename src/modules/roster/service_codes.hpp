#pragma once
// Code tables in the database, so that they can be read by their versions and joined to by exports.
#include <string>
#include <vector>

#include "core/result.hpp"
#include "modules/roster/domain.hpp"
#include "platform/auth/caller.hpp"
#include "platform/sql/database.hpp"

namespace santong::roster {

/// A code table with all its versions.
struct CodeTableView {
    std::string name;
    std::vector<std::string> versions;
    std::vector<CodeItem> items;
};
BOOST_DESCRIBE_STRUCT(CodeTableView, (), (name, versions, items))

/// Subjects (学科): the one table to which a district may add its own, for its local and school courses
/// (地方课程、校本课程).
inline constexpr char subject_table[] = "ZXXKC";

/// A table as the list of tables shows it.
struct CodeTableLine {
    std::string name;
    std::int32_t codes = 0;  ///< of the state
    std::int32_t own = 0;    ///< of the district, retired ones included
    bool room = false;       ///< the district may add to it
};
BOOST_DESCRIBE_STRUCT(CodeTableLine, (), (name, codes, own, room))
struct CodeTableList {
    std::vector<CodeTableLine> items;
};
BOOST_DESCRIBE_STRUCT(CodeTableList, (), (items))

struct OwnCodeBody {
    std::string code;  ///< "L01" … "L99"
    std::string title;
    std::string title_en;
};
BOOST_DESCRIBE_STRUCT(OwnCodeBody, (), (code, title, title_en))
struct OwnCodeChange {
    std::string title;
    std::string title_en;
    bool retired = false;
};
BOOST_DESCRIBE_STRUCT(OwnCodeChange, (), (title, title_en, retired))

/// Brings the tables that the program carries into the database; at every start, after the migrations. Writes only what
/// is new: a code is never deleted.
void load_code_tables(sql::Database& db);

/// Refuses with "roster.code_table_unknown".
core::Result<CodeTableView> code_table(sql::Tx& tx, std::string const& name);

/// Subjects that a district has added count as subjects in the whole program from now on; at start and after a change.
void use_own_subjects(std::vector<OwnCode> const& own);
/// The same with what stands in the database when this transaction has been committed.
void use_own_subjects_after(sql::Tx& tx);

/// All tables; for who manages codes.
core::Result<CodeTableList> list_code_tables(sql::Database& db, auth::Caller const& caller);
/// A table as CSV for a spreadsheet; `language` heads its columns.
core::Result<std::string> export_code_table(sql::Database& db, auth::Caller const& caller, std::string const& name,
                                            std::string const& language);
/// Adds a code of the district. Refuses "roster.code_no_room" (a table of the state only), "roster.code_form",
/// "roster.code_known", "roster.code_title_known".
core::Result<CodeTableView> add_own_code(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                         std::string const& table, OwnCodeBody const& body);
/// Renames, retires or takes back into use; records that name a retired code keep its title. Refuses
/// "roster.code_not_own", "roster.code_title_known".
core::Result<CodeTableView> change_own_code(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                            std::string const& table, std::string const& code,
                                            OwnCodeChange const& change);

}  // namespace santong::roster
