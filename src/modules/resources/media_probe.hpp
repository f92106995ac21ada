#pragma once
#include <filesystem>

#include "platform/files/domain.hpp"

namespace santong::resources {

/// What can be told of a file without playing it.
struct Probe {
    int pages = 0;             ///< of a PDF or a slide file; 0 = unknown
    int duration_seconds = 0;  ///< of a film or a sound; 0 = unknown
    bool opens = true;         ///< false if the bytes break off or lack what every player needs
};

/// Reads what is needed of a file. Not inside a transaction.
Probe probe(std::filesystem::path const& path, files::FileObject const& file);

}  // namespace santong::resources
