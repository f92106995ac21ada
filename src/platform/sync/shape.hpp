#pragma once
// What of a module's records travels between nodes (DESIGN 4): which tables an entity of the feed lies in, in which
// direction it goes, and whom it concerns. Modules say it once, at start; nobody else knows a table's name.
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "core/described.hpp"
#include "platform/sql/database.hpp"
#include "platform/sql/dump.hpp"

namespace santong::sync {

/// Which side may change an entity: the parent (上级), the child (下级), or either.
enum class Direction : int { down, up, both };
BOOST_DESCRIBE_ENUM(Direction, down, up, both)

/// The rows of one table that belong to an entity. Cells are neutral text as in a backup, bytes in base64; NULL is
/// absent.
struct Rows {
    std::string table;
    std::vector<std::string> columns;
    std::vector<std::vector<std::optional<std::string>>> rows;
};
BOOST_DESCRIBE_STRUCT(Rows, (), (table, columns, rows))

/// A table that holds (part of) entities of a type.
struct Table {
    std::string name;
    std::string key = "id";  ///< column with the entity's id
    /// Only these columns, beside the key: one field group of a row that another type brings. Empty = all columns.
    std::vector<std::string> group = {};
    /// Columns that mean something on their own node only (a hash under its keys).
    std::vector<std::string> stay = {};
    /// Columns that are written where the row is new and left alone afterwards: another type brings their changes.
    std::vector<std::string> once = {};
    /// Rows are only ever added (a history): those that did not come stay.
    bool grows = false;
    /// A history that stands whole at every place: rows that were added apart stay on both sides, whichever of the two
    /// versions of their entity stays. Its primary key ends with "id".
    bool united = false;
    /// The described struct by which this program reads a row: a word that its enumerations do not have (made by a
    /// newer program) would make every list that shows it unreadable, so the change waits, parked, for the upgrade.
    core::TypeGetter read_as = nullptr;
};

/// Changes rows on their way out or in: what is sealed for one node is sealed anew for the other.
using Recoding = std::function<void(sql::Tx& tx, Rows& rows, std::string_view peer_key)>;

struct Change;
struct Peer;
class Shapes;

/// What a child told of an entity: its rows in all tables before and after.
struct Told {
    Change const& change;
    std::vector<Rows> const& before;
    std::vector<Rows> const& after;
    Peer const& peer;
    Shapes const& shapes;
};
/// A cell of the row at `at`; empty where it is NULL, or there is no such row.
std::string cell(std::vector<Rows> const& tables, std::string_view table, std::string_view column, std::size_t at = 0);

/// A part of a field that differs, in words; a side that has nothing of it is empty.
struct PartApart {
    std::string name;
    std::string here;
    std::string other;
};
BOOST_DESCRIBE_STRUCT(PartApart, (), (name, here, other))

/// Of a type that somebody owns: what of two versions made apart he may compare, and take over from the one that did
/// not stay (另一版本). Fields are columns of the type's first table; the first is what the entity is called.
struct Compared {
    std::string owner;                 ///< column with the person whose it is; empty: nobody compares
    std::string school = "school_id";  ///< column with the school that both places are of
    struct Field {
        std::string column;
        /// Of a cell that is made of parts: those that differ, in words of a language; none: the cell is compared
        /// whole.
        std::function<std::vector<PartApart>(sql::Tx& tx, std::string const& here, std::string const& other,
                                             std::string_view language)>
            parts = {};
    };
    std::vector<Field> fields = {};
    /// Whether he may change it just now; none: always.
    std::function<bool(sql::Tx& tx, std::string const& id)> open = {};
    /// Says in the feed, and wherever else it is said, that the entity was changed by its owner.
    std::function<void(sql::Tx& tx, std::string const& id)> changed = {};
};

/// One entity type of the feed as it travels.
struct Shape {
    std::string type;  ///< "roster.Enrolment"
    Direction direction = Direction::down;
    std::vector<Table> tables = {};  ///< the entity's own first; none: an event, which is all in its entry
    /// SELECT of the ids of all entities that a node holds; $1 = district, $2 = org at the root of the node's subtree.
    /// For `up` and `both` it is also what the node may write, unless `writes` is narrower.
    std::string held = {};
    /// SELECT of the ids that a child may write, where it holds more than that.
    std::string writes = {};
    /// SELECT of the ids whose bytes a box may give to the neighbour that stands for $2; empty: of none.
    std::string nearby = {};
    /// Column (and field of an entry's body) by which other entities name one of this type, where a child may name
    /// those only that it holds itself; empty: whoever is named, it is no matter.
    std::string named_by = {};
    /// Other entities that must come along: SELECT of ids of `type` that the entity with id $2 brings.
    struct Brings {
        std::string type;
        std::string ids;
    };
    std::vector<Brings> brings = {};
    /// Nodes may lose it (a transfer): what was sent is remembered, so that it can be withdrawn.
    bool moves = false;
    /// Records of it are older than its travelling: those that no entry tells of are said once (unsaid.hpp).
    bool joined_late = false;
    /// Whether a child may write it follows from `check` alone: that it is held follows from entities that come behind
    /// it.
    bool held_later = false;
    /// What a child wrote stands: looks whether it took more than its own, and throws Refused then.
    std::function<void(sql::Tx& tx, Told const& told)> check = {};
    Recoding outgoing = {};
    /// The entry's body as the other end may see it.
    std::function<std::string(std::string const& body)> outgoing_body = {};
    Recoding incoming = {};
    Compared compared = {};
    /// Runs after the rows stand: derived rows (search index, blind index).
    std::function<void(sql::Tx& tx, std::vector<std::string> const& ids)> applied = {};
};

/// All shapes of this program, in the order in which a new node takes them.
class Shapes {
public:
    void add(Shape shape);
    /// What entities of a type that was added before bring, too: said by a module above the one whose type it is.
    void bring(std::string_view type, Shape::Brings along);
    /// SELECT of the places (as `id`) of a subtree: whom an event concerns; $1 and $2 as in `Shape::held`.
    void places_of_subtree(std::string select) { places_ = std::move(select); }
    std::string const& places() const { return places_; }
    Shape const* find(std::string_view type) const;
    /// A word that is another one as soon as a type, a direction or a table is.
    std::string mark() const;
    std::vector<Shape> const& all() const { return all_; }

private:
    std::vector<Shape> all_;
    std::string places_;
};

}  // namespace santong::sync
