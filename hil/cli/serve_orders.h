// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>
#include <vector>

#include "hil/cli/line_fault_play.h"
#include "hil/cli/served_indicator.h"
#include "hil/modbus/poller.h"

namespace jh {

/// Orders to what is being served, one a line on stdin: loads come and go, supply and line fail.
/// `help` lists them. Each is answered by one line on stdout.
class ServeOrders {
public:
    ServeOrders(Poller& poller, const ScaleModel& scale, std::vector<ServedIndicator*> indicators,
                LineFaultPlay& line)
        : poller_{poller}, scale_{scale}, indicators_{std::move(indicators)}, line_{line} {}
    ~ServeOrders();
    ServeOrders(const ServeOrders&) = delete;
    ServeOrders& operator=(const ServeOrders&) = delete;

    /// Reads stdin from now on, a file as well as a terminal. A message when it cannot.
    std::string listen();
    bool quit() const { return quit_; }

private:
    void read();
    void take(const std::string& line);
    std::string obey(const std::vector<std::string>& words, const std::string& line);
    std::string put(const std::string& loads, bool vehicle);
    std::string show() const;
    std::string disturb(const std::string& fault);

    Poller& poller_;
    const ScaleModel& scale_;
    std::vector<ServedIndicator*> indicators_;
    LineFaultPlay& line_;
    std::vector<ServedIndicator*> chosen_;  ///< that the present order is for
    std::string pending_;                   ///< of a line that is not whole
    bool listening_{}, polled_{}, quit_{};
};

}  // namespace jh
