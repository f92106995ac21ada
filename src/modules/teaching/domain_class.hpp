#pragma once
// What a class does around its material: code cards, ink, calling, several classes. May include: core/ and the domain.
#include "modules/teaching/domain_session.hpp"

namespace santong::teaching {

using StrokeId = core::Id<struct InkStrokeTag>;

/// What a stroke was drawn with.
enum class InkTool : int { pen, marker };
BOOST_DESCRIBE_ENUM(InkTool, pen, marker)

/// One stroke over a page (批注). `points`: x and y in turn, in thousandths of the page's width and height.
struct InkStroke {
    StrokeId id;
    std::string sheet;  ///< what it lies over, as the screen names it: a resource and its page, a blank board
    InkTool tool = InkTool::pen;
    std::int32_t color = 0;  ///< of the screen's colours
    std::vector<std::int32_t> points;
};
BOOST_DESCRIBE_STRUCT(InkStroke, (), (id, sheet, tool, color, points))

/// What a camera has read of one question's cards (码卡): numbers of the class by answer, and which cards were seen,
/// never which card showed what.
struct CardReading {
    std::vector<std::int32_t> counts;
    std::vector<std::int32_t> seen;        ///< numbers of cards, each once
    std::optional<core::Instant> read_at;  ///< of the reading that this one goes on from; absent = a new one
};
BOOST_DESCRIBE_STRUCT(CardReading, (), (counts, seen, read_at))

/// How a screen may call a pupil: by the number alone, or by number and surname.
enum class Calling : int { number, surname };
BOOST_DESCRIBE_ENUM(Calling, number, surname)

/// Refuses strokes that no hand draws: "teaching.ink_unreadable".
core::Result<void> check_stroke(InkStroke const& stroke);
/// Refuses numbers outside 1–80, the same card twice, and answers that are not as many as the cards.
core::Result<void> check_cards(ClassQuestion const& question, CardReading const& reading);
/// The surname of a Chinese name; two characters for the double surnames (欧阳 …).
std::string surname_of(std::string const& name);

/// Highest number on a card.
inline constexpr int last_card = 80;
/// Answers that a card can show.
inline constexpr std::size_t card_answers = 4;
inline constexpr std::size_t most_strokes = 3000;
inline constexpr std::size_t most_coordinates = 4000;
/// Classes of one joint lesson, and teachers beside its own.
inline constexpr std::size_t most_classes = 6;
inline constexpr std::size_t most_assistants = 4;
inline constexpr int last_board = 50;

}  // namespace santong::teaching
