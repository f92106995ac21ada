#pragma once
// What a room's computer tells of the material in front: minutes of each kind in bands, never content. It stands
// beside the lesson of the room; its teacher sees every row of it and strikes what is wrong.
#include "modules/teaching/service_computer.hpp"

namespace santong::teaching {

struct ToldMinutes {
    MaterialKind kind = MaterialKind::other;
    std::int32_t minutes = 0;
};
BOOST_DESCRIBE_STRUCT(ToldMinutes, (), (kind, minutes))
struct ToldBand {
    core::Instant start;
    std::vector<ToldMinutes> minutes;
};
BOOST_DESCRIBE_STRUCT(ToldBand, (), (start, minutes))
struct ToldUse {
    std::vector<ToldBand> bands;
};
BOOST_DESCRIBE_STRUCT(ToldUse, (), (bands))
/// Starts of the bands that need not be sent again: those that are kept now or were before, and those that are none.
struct ReceivedUse {
    std::vector<core::Instant> received;
};
BOOST_DESCRIBE_STRUCT(ReceivedUse, (), (received))
/// Sent twice it stands once. Ten minutes of material make a lesson one with evidence of its own
/// (`EvidenceKind::helper`) while its teacher can still correct it. Refuses "teaching.too_many_bands".
core::Result<ReceivedUse> receive_use(sql::Database& db, KnownComputer const& who, core::Clock const& clock,
                                      ToldUse const& told);

/// What stands beside a lesson: the very rows that the computer sent.
struct LessonUse {
    std::vector<MaterialUse> rows;
    std::int32_t minutes = 0;  ///< of material, without what is struck
    std::int32_t least = minutes_of_use;
    bool can_strike = false;
};
BOOST_DESCRIBE_STRUCT(LessonUse, (), (rows, minutes, least, can_strike))
/// not_found for a lesson that is not the caller's own.
core::Result<LessonUse> lesson_use(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                   LessonId const& lesson);
struct StrikeWish {
    core::Instant band_at;
    MaterialKind kind = MaterialKind::other;
    ComputerId computer_id;
    bool struck = true;
};
BOOST_DESCRIBE_STRUCT(StrikeWish, (), (band_at, kind, computer_id, struck))
/// Strikes a row or takes that back. Below ten minutes a record that stood on them alone is discarded, above it again.
/// Refuses "teaching.too_late", "teaching.use_not_found".
core::Result<LessonUse> strike_use(sql::Database& db, auth::Caller const& caller, core::Clock const& clock,
                                   LessonId const& lesson, StrikeWish const& wish);

/// Rows as they are, for the demo district.
void write_computers(sql::Tx& tx, std::vector<RoomComputer> const& computers, std::vector<MaterialUse> const& uses);

}  // namespace santong::teaching
