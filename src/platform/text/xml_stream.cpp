#include "platform/text/xml_stream.hpp"

#include <expat.h>

#include <new>
#include <optional>

namespace santong::text {

namespace {

constexpr long longest_token = 256 * 1024;  // a tag or comment; text comes in pieces
constexpr int deepest = 64;

std::string_view local(char const* name) {
    std::string_view text = name;
    auto colon = text.rfind(':');
    return colon == text.npos ? text : text.substr(colon + 1);
}

}  // namespace

std::string_view XmlAttributes::operator[](std::string_view name) const {
    for (char const** pair = pairs_; *pair != nullptr; pair += 2) {
        if (local(pair[0]) == name) return pair[1];
    }
    return {};
}

struct XmlStream::State {
    explicit State(XmlListener& l) : listener(l), parser(XML_ParserCreate(nullptr)) {
        if (!parser) throw std::bad_alloc();
        XML_SetUserData(parser.get(), this);
        XML_SetElementHandler(parser.get(), on_begin, on_end);
        XML_SetCharacterDataHandler(parser.get(), on_text);
        XML_SetStartDoctypeDeclHandler(parser.get(), on_doctype);
    }

    void take(core::Result<void> const& result) {
        if (result || refusal) return;
        refusal = result.error();
        XML_StopParser(parser.get(), XML_FALSE);
    }

    static void on_begin(void* self, char const* name, char const** attributes) {
        auto& state = *static_cast<State*>(self);
        if (++state.depth > deepest) return state.take(core::invalid("text.xml_broken"));
        if (!state.refusal) state.take(state.listener.begin(local(name), XmlAttributes(attributes)));
    }
    static void on_end(void* self, char const* name) {
        auto& state = *static_cast<State*>(self);
        --state.depth;
        if (!state.refusal) state.take(state.listener.end(local(name)));
    }
    static void on_text(void* self, char const* piece, int length) {
        auto& state = *static_cast<State*>(self);
        if (!state.refusal) state.take(state.listener.text({piece, static_cast<std::size_t>(length)}));
    }
    static void on_doctype(void* self, char const*, char const*, char const*, int) {
        static_cast<State*>(self)->take(core::invalid("text.xml_doctype"));
    }

    struct Free {
        void operator()(XML_Parser p) const { XML_ParserFree(p); }
    };
    XmlListener& listener;
    std::unique_ptr<XML_ParserStruct, Free> parser;
    std::optional<core::Error> refusal;
    long fed = 0;
    int depth = 0;
};

XmlStream::XmlStream(XmlListener& listener) : state_(std::make_unique<State>(listener)) {}
XmlStream::~XmlStream() = default;

core::Result<void> XmlStream::feed(std::string_view bytes, Piece piece) {
    auto& state = *state_;
    auto status = XML_Parse(state.parser.get(), bytes.data(), static_cast<int>(bytes.size()), piece == Piece::last);
    if (state.refusal) return *state.refusal;
    if (status == XML_STATUS_ERROR) return core::invalid("text.xml_broken");
    state.fed += static_cast<long>(bytes.size());
    if (state.fed - XML_GetCurrentByteIndex(state.parser.get()) > longest_token && piece != Piece::last) {
        return core::invalid("text.xml_broken");
    }
    return {};
}

}  // namespace santong::text
