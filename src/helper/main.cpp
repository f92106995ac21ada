// santong-helper: the program for classroom computers. See README.md.
#include <cstdio>
#include <exception>

#include "helper/commands.hpp"
#include "helper/machine.hpp"

int main(int count, char** values) {
    try {
        return santong::helper::command(santong::helper::machine::arguments(count, values));
    } catch (std::exception const& problem) {
        std::fprintf(stderr, "santong-helper: %s\n", problem.what());
        return 1;
    }
}
