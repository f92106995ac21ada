#pragma once
// XML piece by piece, for documents from strangers: no DTD, no entities, no token that fills the memory.
#include <memory>
#include <string>
#include <string_view>

#include "core/result.hpp"

namespace santong::text {

/// Attributes of the element that has just begun.
class XmlAttributes {
public:
    explicit XmlAttributes(char const** pairs) : pairs_(pairs) {}
    /// Value by local name; empty if it is not there.
    std::string_view operator[](std::string_view name) const;

private:
    char const** pairs_;
};

/// Called with local names (`x:row` is `row`) in document order. A refusal stops the reading.
class XmlListener {
public:
    virtual ~XmlListener() = default;
    virtual core::Result<void> begin(std::string_view name, XmlAttributes const& attributes) = 0;
    virtual core::Result<void> end(std::string_view name) = 0;
    virtual core::Result<void> text(std::string_view piece) = 0;
};

class XmlStream {
public:
    explicit XmlStream(XmlListener& listener);
    ~XmlStream();
    XmlStream(XmlStream const&) = delete;
    XmlStream& operator=(XmlStream const&) = delete;

    enum class Piece { more_follows, last };
    /// Refusals: the listener's own, "text.xml_broken", "text.xml_doctype" (a DTD is never needed and never read).
    core::Result<void> feed(std::string_view bytes, Piece piece);

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace santong::text
