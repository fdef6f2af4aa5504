// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <string>

namespace jh {

/// Why a device gave no answer. Ordinary on a bench: every port call can return one.
struct IoError {
    enum class Kind {
        timeout,       ///< silence
        disconnected,  ///< the line is gone
        protocol,      ///< an answer that is none: wrong CRC, wrong station, wrong length
        exception,     ///< a Modbus exception reply
        refused,       ///< understood and not done: its reason is in `text`
        interrupted,   ///< a person asked to stop
    };
    Kind kind{Kind::timeout};
    std::string text;
    int exceptionCode{};  ///< of a Modbus exception reply
};

}  // namespace jh
