// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "hil/cli/commands.h"

namespace jh {

// Commands that listen to indicators on real wires, and the one that looks at the machine for them.

/// Where an indicator or a signal source is reached: one of the three.
struct WirePlace {
    std::string tcp, rtuOverTcp, rtu;
    std::optional<int> unit, baud;  ///< other than the profile's
    CharacterFormat format{CharacterFormat::n82};
};

struct ReadArguments {
    std::string profile, scale, every{"250 ms"}, patience{"10 s"};
    WirePlace place;
    std::optional<int> count;
    bool csv{}, json{};
};
int readCommand(const ReadArguments& arguments);

struct MonitorArguments {
    std::string rtu, tcp, to, pcap, csv;
    std::vector<std::string> profiles;
    std::optional<int> baud, count;
    CharacterFormat format{CharacterFormat::n82};
    SimTime adapterLatency{};
    bool quiet{};
};
int monitorCommand(const MonitorArguments& arguments);

struct CalibrateSourceArguments {
    std::string profile, readings, referenceUncertainty, settle, date, by, reference, out;
    WirePlace place;
    int points{11};
    bool readBack{};
};
int calibrateSourceCommand(const CalibrateSourceArguments& arguments);

int doctorCommand(const JsonOutput& json);

}  // namespace jh
