// SPDX-License-Identifier: GPL-3.0-or-later
#include "hil/cli/patient_client.h"

#include <fmt/format.h>

#include <thread>

namespace jh {

namespace {

/// Between two attempts to find a device again.
constexpr std::chrono::milliseconds pause{200};

/// The line is gone, or is back and cannot be opened yet.
bool isGone(const IoError& error) {
    return error.kind == IoError::Kind::disconnected || error.kind == IoError::Kind::refused;
}

}  // namespace

template <class Do>
auto PatientClient::aside(const Do& act) {
    return lock_ != nullptr ? lock_->letGoWhile(act) : act();
}

template <class Ask>
auto PatientClient::patiently(const Ask& ask) -> decltype(ask(std::declval<ModbusClient&>())) {
    const SimTime giveUp = steadyNow() + patience_;
    for (bool lost = false;;) {
        const SimTime begin = steadyNow();
        auto outcome = aside([&] { return ask(wire_.client()); });
        if (outcome) {
            duration_.add(steadyNow() - begin);
            if (lost) ++losses_;
            return outcome;
        }
        IoError error = aside([&] { return wire_.explained(outcome.error()); });
        if (!isGone(error)) return Unexpected<IoError>{std::move(error)};
        lost = true;
        if (stopped()) return Unexpected<IoError>{{IoError::Kind::interrupted, "stopped"}};
        if (steadyNow() >= giveUp) {
            error.text += fmt::format("; it did not come back within {:g} s", seconds(patience_));
            error.kind = IoError::Kind::disconnected;
            return Unexpected<IoError>{std::move(error)};
        }
        aside([] {
            std::this_thread::sleep_for(pause);
            return true;
        });
    }
}

Expected<std::vector<std::uint16_t>, IoError> PatientClient::read(int address, int count,
                                                                  ModbusTable table) {
    return patiently([&](ModbusClient& c) { return c.read(address, count, table); });
}

Expected<void, IoError> PatientClient::write(int address, std::span<const std::uint16_t> values) {
    return patiently([&](ModbusClient& c) { return c.write(address, values); });
}

Expected<void, IoError> PatientClient::writeOne(int address, std::uint16_t value) {
    return patiently([&](ModbusClient& c) { return c.writeOne(address, value); });
}

Expected<void, IoError> PatientClient::writeCoil(int address, bool on) {
    return patiently([&](ModbusClient& c) { return c.writeCoil(address, on); });
}

}  // namespace jh
