// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <map>
#include <string>
#include <vector>

namespace jh {

/// One thing that the doctor has looked at.
struct DoctorFinding {
    enum class Mark {
        ok,
        look,     ///< works, but not at its best; or only a person can tell
        missing,  ///< something cannot be done without it
    };
    Mark mark{};
    std::string area, what;
    std::string advice;                     ///< how to get it, or better; empty when ok
    bool needed{};                          ///< `run` and `serve` cannot do without
    std::map<std::string, double> figures;  ///< with their units, for JSON
};

/// Data, sockets, pseudo terminals, limits: what all programs stand on.
std::vector<DoctorFinding> basicFindings();
/// Serial ports, who may use them, and how long USB adapters hold bytes back.
std::vector<DoctorFinding> serialFindings();
/// Resolution of the clock, lateness of sleeps over half a second, real-time scheduling, locked
/// memory, CPU frequency and isolated CPUs.
std::vector<DoctorFinding> timingFindings();
/// OpenGL for the app, and programs that some commands call.
std::vector<DoctorFinding> softwareFindings();

/// First line of a file such as those of /sys, without its end; empty when it cannot be read.
std::string firstLine(const std::string& file);

}  // namespace jh
