// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <optional>
#include <string>

#include "hil/cli/commands.h"
#include "hil/conform/conform.h"

namespace jh {

struct ConformArguments {
    std::string profile, tcp, rtu;  ///< HOST:PORT or a device
    std::optional<int> unit, baud;
    CharacterFormat format{CharacterFormat::n82};
    std::string scale{"scales/100t-18x3-8c.yaml"};
    std::string step;          ///< "30 s"; empty: none is waited for
    std::string watch{"3 s"};  ///< for the update rate
    bool write{}, quiet{};
    JsonOutput json;
    std::string html;
};
int conformCommand(const ConformArguments& arguments);

/// The report as text unless `quiet`, and as JSON and a page where they are wanted; its exit code.
int deliverConform(const ConformReport& report, const JsonOutput& json, const std::string& html,
                   bool quiet);

}  // namespace jh
