#pragma once
// What the program and the school's server say to each other (src/modules/teaching/service_computer.hpp).
#include <optional>
#include <string>
#include <vector>

#include "helper/bands.hpp"
#include "helper/originals.hpp"

namespace santong::helper {

/// What is kept of being known to the school's server.
struct Pairing {
    std::string server;
    std::string authority;
    std::string token;
    std::string school;
    std::string room;
};
std::string write(Pairing const& pairing);
std::optional<Pairing> read_pairing(std::string const& text);

/// A code on its way to be approved.
struct Enrolment {
    std::string code;
    std::string secret;
};
std::string enrolment_request(std::string const& name, std::string const& system);
std::optional<Enrolment> read_enrolment(std::string const& text);
std::string enrolment_question(Enrolment const& enrolment);
/// Whether somebody has approved it: the secret is this computer's token then.
struct Approval {
    bool approved = false;
    std::string school;
    std::string room;
};
std::optional<Approval> read_approval(std::string const& text);

/// What the teacher tapped.
struct Order {
    std::string order_id;
    std::string resource_id;
};
struct Contact {
    std::int64_t now = 0;  ///< by the server
    int next_seconds = 10;
    std::string school;
    std::string room;
    std::string lesson;  ///< subject and class; empty = none runs here
    std::vector<Original> files;
    std::optional<Order> order;
};
std::string contact_request(std::string const& system);
std::optional<Contact> read_contact(std::string const& text);
/// The running lesson as it is kept for when the line is cut.
std::string write(Contact const& contact);

enum class Outcome : int { opened, no_program, not_fetched, not_of_lesson };
std::string order_outcome(Outcome outcome);

std::string use_report(std::vector<Band> const& bands);
/// Starts of the bands that the server has; empty if the answer cannot be read.
std::optional<std::vector<std::int64_t>> read_received(std::string const& text);

}  // namespace santong::helper
