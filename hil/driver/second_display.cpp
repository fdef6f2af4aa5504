// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/driver/second_display.h"

namespace jh {

namespace {

/// Without its last digit before the point, which is written in kilograms.
std::optional<ExactMass> withoutLastDigit(const std::optional<ExactMass>& value) {
    if (!value) return value;
    constexpr int ten = 10;
    const ExactMass shorter = ExactMass::kg(value->abs().wholeParts(ExactMass::kg(ten)));
    return *value < ExactMass{} ? -shorter : shorter;
}

}  // namespace

Unexpected<IoError> SecondDisplay::noKeys() {
    return Unexpected<IoError>{{IoError::Kind::refused, "a second display has no keys"}};
}

Expected<Reading, IoError> SecondDisplay::read() {
    auto sent = sender_.read();
    if (!sent) return sent;
    if (auto waited = clock_.waitUntil(clock_.now() + lag_); !waited) {
        return Unexpected<IoError>{waited.error()};
    }
    return shown(*sent);
}

Reading SecondDisplay::shown(Reading sent) {
    const auto wrong = wrong_();
    if (!wrong) return sent;
    switch (wrong->shows) {
        case DisplayError::digitLost:
            sent.gross = withoutLastDigit(sent.gross);
            sent.net = withoutLastDigit(sent.net);
            break;
        case DisplayError::grossForNet:
            sent.net = sent.gross;
            break;
        case DisplayError::oldValue:
            if (!held_) held_ = sent;
            return *held_;
    }
    return sent;
}

}  // namespace jh
