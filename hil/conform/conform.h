// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "hil/indicator/profile.h"
#include "hil/modbus/raw_client.h"
#include "hil/port/clock.h"
#include "sim/model/scale_model.h"

namespace jh {

enum class ConformVerdict { ok, differs, notTried };

/// "ok", "differs", "not tried"
const char* word(ConformVerdict verdict);

/// One thing that was tried on an indicator.
struct ConformLine {
    std::string section, tried;
    std::string expected;
    std::string source;  ///< key of the profile, and which of its sources that is from
    std::string found;
    ConformVerdict verdict{};
};

/// An indicator against its profile.
struct ConformReport {
    std::string title;  ///< of the profile
    std::string place;  ///< where the indicator was reached
    std::string date;   ///< and time; empty: not said
    std::map<std::string, std::string> sources;
    std::vector<ConformLine> lines;
    std::string lost;  ///< why it went silent for good; empty: it did not

    int count(ConformVerdict verdict) const;
};

struct ConformOptions {
    int unit{1};
    bool write{};       ///< commands and writes too, which change the instrument
    SimTime step{};     ///< so long a change of the load is waited for; 0: not at all
    int requests{100};  ///< for the response time
    SimTime watch{3s};  ///< for the update rate
    std::function<void(const std::string&)> say{};  ///< to the person beside the scale
};

/// Tries everything. The profile must have passed validation; of the scale only what stands on its
/// plate is used. Ends early when the indicator is lost.
ConformReport conform(const IndicatorProfile& profile, RawClient& client, Clock& clock,
                      const ScaleModel& scale, const ConformOptions& options);

}  // namespace jh
