#pragma once
#include <string>
#include <vector>

namespace santong::helper {

/// Does what the words say; the exit code: 0 done, 1 refused or not reached, 2 not understood, 3 not enrolled.
int command(std::vector<std::string> const& words);

}  // namespace santong::helper
